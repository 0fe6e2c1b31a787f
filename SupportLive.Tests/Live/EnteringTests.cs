using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Live;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>Between asking to join and having been let in.</summary>
[Trait("Category", "Nodes")]
public sealed class EnteringTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_passing_reaches_who_is_still_being_judged()
    {
        var database = await world.NewDatabase();
        await using var node = await TestNode.Start(database);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
        await using var stranger = await node.Connect(people.OtherCustomer);
        await using var agent = await node.Connect(people.Agent);
        Task<Nodes.Reply> refused;
        Task<Nodes.Reply> allowed;

        await using (await Closed(database))
        {
            refused = stranger.Call("join", ticket);
            await Eventually.True(() => Task.FromResult(node.The<HubClients>().JoinedTickets().Contains(ticket)), "the stranger asks");
            Whisper(node, people, ticket);
            Assert.False(refused.IsCompleted);
        }

        (await refused).Refused("not_found");
        var own = await node.OpenTicket(people.OtherCustomer);
        await stranger.Hear("ticket_created", own); // what was on its way before has come by now
        Assert.DoesNotContain(stranger.Events, e => e.Name is "typing" or "read");

        await using (await Closed(database))
        {
            allowed = agent.Call("join", ticket);
            await Eventually.True(() => Task.FromResult(node.The<HubClients>().JoinedTickets().Contains(ticket)), "the agent asks");
            Whisper(node, people, ticket);
            Assert.False(allowed.IsCompleted);
        }

        (await allowed).Must();
        await agent.Hear("ticket_created", await node.OpenTicket(people.Customer));
        Assert.DoesNotContain(agent.Events, e => e.Name is "typing" or "read");
        Whisper(node, people, ticket);
        await agent.Hear("typing", ticket);
        await agent.Hear("read", ticket);
    }

    private static void Whisper(TestNode node, People people, Guid ticket)
    {
        node.The<LiveStream>().Publish(new Typing(ticket, new PersonView(people.Customer.Id, people.Customer.Name)));
        node.The<LiveStream>().Publish(new ReadMoved(ticket, people.Customer.Id, 2));
    }

    // Nobody can look at tickets, so that a join is not decided before this is disposed.
    private static async Task<NpgsqlConnection> Closed(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var close = new NpgsqlCommand("begin; lock table tickets in access exclusive mode", connection);
        await close.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    [Theory]
    [InlineData("join")]
    [InlineData("resume")]
    public async Task Who_is_five_thousand_entries_behind_becomes_whole(string method)
    {
        const int Many = 5000;
        var database = await world.NewDatabase();
        await using var node = await TestNode.Start(database);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
        await Fill(node, database, ticket, Many);
        await using var customer = await node.Connect(people.Customer);

        var (seqs, pages) = (new List<int> { 1, 2 }, 0);
        for (var more = true; more; pages++)
        {
            var answer = method == "join"
                ? (await customer.Call("join", ticket, seqs[^1], null)).Must()
                : (await customer.Call("resume", [new[] { new { ticketId = ticket, after = seqs[^1] } }])).Must()[0]!;
            seqs.AddRange(answer["entries"]!.AsArray().Select(e => e!["seq"]!.GetValue<int>()));
            more = answer["more"]!.GetValue<bool>();
        }

        Assert.Equal(Enumerable.Range(1, Many + 2), seqs);
        Assert.True(pages > 10, "Nothing is read as one piece.");
        await node.Say(people.Customer, ticket, "Whole");
        Assert.Equal(Many + 3, (await customer.HearMessage("Whole")).Entry!["seq"]!.GetValue<int>());
    }

    // As this node's own, so that its follower does not push them as news of another one.
    private static async Task Fill(TestNode node, string database, Guid ticket, int count)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var fill = source.CreateCommand(
            $"""
            insert into timeline (ticket_id, feed, seq, id, kind, author_id, author_role, client_id, body, node)
              select id, 0, n, gen_random_uuid(), 'message', assignee_id, 'agent', gen_random_uuid(), 'Line ' || n, '{node.The<Node>().Id}' from tickets, generate_series(3, {count + 2}) n where id = '{ticket}';
            update tickets set public_seq = {count + 2} where id = '{ticket}'
            """);
        await fill.ExecuteNonQueryAsync(Ct);
    }
}
