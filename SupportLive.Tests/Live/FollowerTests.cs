using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>The ways in which a follower could skip something.</summary>
[Trait("Category", "Nodes")]
public sealed class FollowerTests(World world)
{
    [Fact]
    public async Task A_follower_that_loses_its_connection_says_so_and_skips_nothing()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database);
        await using var b = await TestNode.Start(database);
        var people = await People.Of(a);
        var ticket = await a.AcceptedTicket(people.Customer, people.Agent);
        await using var agent = await b.Connect(people.Agent);
        await agent.Join(ticket);
        (await a.Say(people.Customer, ticket, "Before")).Must(HttpStatusCode.Created);
        await agent.HearMessage("Before");

        await Cut(database, "supportlive-follower");
        for (var n = 0; n < 20; n++) (await a.Say(people.Customer, ticket, $"During {n}")).Must(HttpStatusCode.Created);

        await agent.HearMessage("During 19");
        await agent.Hear("interrupted", _ => true);
        Assert.Equal(Enumerable.Range(3, 21), agent.Events.Where(e => e.Name == "message").Select(e => e.Entry!["seq"]!.GetValue<int>()));
        (await a.Say(people.Customer, ticket, "After")).Must(HttpStatusCode.Created);
        await agent.HearMessage("After");
    }

    [Fact]
    public async Task A_node_whose_connections_are_all_cut_comes_back_by_itself()
    {
        var database = await world.NewDatabase();
        await using var node = await TestNode.Start(database);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);

        await Cut(database, "supportlive");
        await Cut(database, "supportlive-follower");
        await Cut(database, "supportlive-notifications");

        await Eventually.True(async () => (await node.Say(people.Customer, ticket, "Again and again", "c1")).Status == HttpStatusCode.Created, "the node works again");
        Assert.Single(await node.Log(people.Agent, ticket), e => e.Body == "Again and again");
        await Eventually.True(async () => (await node.As(people.Agent).Get("/api/notifications")).Text.Contains("Again and again", StringComparison.Ordinal), "it tells again");
    }

    private static async Task Cut(string database, string application)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await Eventually.True(async () =>
        {
            await using var command = source.CreateCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = $1");
            command.Parameters.Add(new() { Value = application });
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is > 0L;
        }, $"{application} has a connection, and loses it");
    }

    [Fact]
    public async Task What_began_earlier_and_commits_later_is_not_skipped()
    {
        var (a, b) = (await world.A, await world.B);
        var people = await People.Of(a);
        var (slow, quick) = (await a.AcceptedTicket(people.Customer, people.Agent), await a.AcceptedTicket(people.Customer, people.Agent));
        await using var watching = await b.Connect(people.Manager);
        await watching.Join(quick);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var actor = await People.ActorOf(a, people.Agent);

        var moving = a.The<TicketLock>().Move(slow, actor, async (ticket, db) =>
        {
            await db.Database.ExecuteSqlAsync($"select pg_current_xact_id()"); // from here on it is the older one
            begun.SetResult();
            await goOn.Task;
            return ticket.Resolve(actor, a.The<TicketLock>().NodeId, DateTimeOffset.UtcNow);
        }, CancellationToken.None);
        await begun.Task;
        (await a.Say(people.Customer, quick, "I overtake")).Must(HttpStatusCode.Created);
        goOn.SetResult();
        (await moving).Must();

        await watching.Hear("ticket_resolved", slow);
        await watching.HearMessage("I overtake");
    }
}
