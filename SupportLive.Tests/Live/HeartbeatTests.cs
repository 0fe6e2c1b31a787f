using System.Net;
using Npgsql;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Live;
using Xunit;

namespace SupportLive.Tests.Live;

public sealed class HeartbeatTests(OneNode desk) : IClassFixture<OneNode>
{
    [Fact]
    public async Task A_last_event_that_never_came_is_found_by_the_heartbeat_and_shown_once()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var customer = await desk.Node.Connect(desk.People.Customer);
        await customer.Join(ticket);
        await StoredButNeverPublished(ticket, 3, "Nobody told you");

        await Heartbeat(ticket);
        await customer.HearMessage("Nobody told you");
        await Heartbeat(ticket);
        (await desk.Node.Say(desk.People.Customer, ticket, "And now?")).Must(HttpStatusCode.Created);
        await customer.HearMessage("And now?");

        Assert.Equal(["Nobody told you", "And now?"], customer.Events.Where(e => e.Name == "message").Select(e => e.Payload["body"]!.GetValue<string>()));
        Assert.Contains(customer.Events, e => e.Name == "heads" && e.Payload["publicSeq"]!.GetValue<int>() == 3 && e.Payload["staffSeq"] is null);
    }

    [Fact]
    public async Task Whoever_is_ahead_of_the_log_is_told_to_start_over()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var customer = await desk.Node.Connect(desk.People.Customer);

        var joined = (await customer.Call("join", ticket, 40)).Must();

        Assert.True(joined["reset"]!.GetValue<bool>());
        Assert.Equal([1, 2], joined["entries"]!.AsArray().Select(e => e!["seq"]!.GetValue<int>()));
        Assert.False((await customer.Join(ticket, 2))["reset"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Transactions_of_another_cluster_are_of_the_past_after_a_start()
    {
        var database = await desk.World.NewDatabase();
        Guid ticket;
        People people;
        await using (var node = await TestNode.Start(database))
        {
            people = await People.Of(node);
            ticket = await node.AcceptedTicket(people.Customer, people.Agent);
            (await node.Say(people.Agent, ticket, "Hello")).Must(HttpStatusCode.Created);
            await Eventually.True(async () => (await node.As(people.Customer).Get("/api/notifications")).Text.Contains("New message from", StringComparison.Ordinal), "the customer is notified");
        }

        await Execute(database, "update timeline set tx = '900000000000'; update follower_cursors set tx = '900000000000'");
        await using var restored = await TestNode.Start(database);
        (await restored.Say(people.Agent, ticket, "Still here?")).Must(HttpStatusCode.Created);

        await Eventually.True(async () => (await restored.As(people.Customer).Get("/api/notifications")).Text.Contains("2 new messages", StringComparison.Ordinal), "the follower goes on, and tells nothing twice");
    }

    private async Task Heartbeat(Guid ticket)
    {
        foreach (var heads in await desk.Node.The<ChatQueries>().Heads([ticket], TestContext.Current.CancellationToken)) desk.Node.The<HubClients>().Tell(heads);
    }

    // As if this node had died between commit and publishing and come back: its own follower passes over its own rows.
    private Task StoredButNeverPublished(Guid ticket, int seq, string body) => Execute(
        desk.Node.The<Core.Data.DatabaseAddress>().ConnectionString,
        $"""
        insert into timeline (ticket_id, feed, seq, id, kind, author_id, author_role, client_id, body, node)
          select id, 0, {seq}, gen_random_uuid(), 'message', assignee_id, 'agent', gen_random_uuid(), '{body}', '{desk.Node.The<Node>().Id}' from tickets where id = '{ticket}';
        update tickets set public_seq = {seq} where id = '{ticket}'
        """);

    private static async Task Execute(string database, string sql)
    {
        await using var data = NpgsqlDataSource.Create(database);
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
