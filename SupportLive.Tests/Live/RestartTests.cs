using System.Collections.Concurrent;
using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

[Trait("Category", "Nodes")]
public sealed class RestartTests(World world)
{
    [Fact]
    public async Task A_restart_keeps_everything_and_resume_yields_exactly_what_was_missed()
    {
        var database = await world.NewDatabase();
        Guid ticket, closed;
        string[] before;
        People people;
        await using (var first = await TestNode.Start(database))
        {
            people = await People.Of(first);
            ticket = await first.AcceptedTicket(people.Customer, people.Agent);
            closed = await first.ClosedTicket(people.Customer, people.Agent);
            (await first.Move(people.Customer, closed, "rate", new { score = 4, comment = "Fine" })).Must();
            for (var n = 0; n < 5; n++) (await first.Say(people.Customer, ticket, $"Line {n}")).Must(HttpStatusCode.Created);
            (await first.Say(people.Agent, ticket, "A note", @internal: true)).Must(HttpStatusCode.Created);
            (await first.As(people.Agent).Post($"/api/chats/{ticket}/read", new { seq = 5 })).Must(HttpStatusCode.NoContent);
            await Eventually.True(async () => (await first.As(people.Customer).Get("/api/notifications")).Text.Contains("closed the ticket", StringComparison.Ordinal), "the customer is notified");
            before = await Everything(first, people, ticket, closed);
        }

        await using var second = await TestNode.Start(database);

        Assert.Equal(before, await Everything(second, people, ticket, closed)); // with the tokens of before
        await using var agent = await second.Connect(people.Agent);
        var resumed = (await agent.Call("resume", [new object[] { new { ticketId = ticket, after = 4, staffAfter = 0 }, new { ticketId = closed, after = 4 } }])).Must();
        Assert.Equal(["public 5", "public 6", "public 7", "staff 1"], resumed[0]!["entries"]!.AsArray().Select(e => $"{e!["feed"]} {e["seq"]}"));
        Assert.Empty(resumed[1]!["entries"]!.AsArray());
        Assert.False(resumed[0]!["more"]!.GetValue<bool>());

        (await second.Say(people.Customer, ticket, "Welcome back")).Must(HttpStatusCode.Created);
        Assert.Equal(8, (await agent.HearMessage("Welcome back")).Entry!["seq"]!.GetValue<int>());
    }

    private static async Task<string[]> Everything(TestNode node, People people, params Guid[] tickets)
    {
        var read = new List<string>();
        foreach (var person in (Person[])[people.Customer, people.Agent, people.Manager])
        {
            var door = node.As(person);
            read.Add((await door.Get("/api/me")).Must().Text);
            read.Add((await door.Get("/api/tickets?limit=100")).Must().Text);
            read.Add((await door.Get("/api/chats")).Must().Text);
            foreach (var ticket in tickets) read.Add((await door.Get($"/api/tickets/{ticket}/history")).Must().Text);
        }

        read.Add((await node.As(people.Customer).Get("/api/notifications")).Must().Text);
        return [.. read];
    }

    [Fact]
    public async Task What_was_acknowledged_while_a_node_went_down_is_there_when_it_comes_up()
    {
        var database = await world.NewDatabase();
        var acknowledged = new ConcurrentBag<(int Seq, string Body)>();
        var first = await TestNode.Start(database);
        var people = await People.Of(first);
        var ticket = await first.AcceptedTicket(people.Customer, people.Agent);
        await using var hub = await first.Connect(people.Agent);
        var senders = Enumerable.Range(0, 8).Select(n => Send(n)).ToArray();
        await Eventually.True(() => Task.FromResult(acknowledged.Count > 50), "messages flow");

        await first.DisposeAsync();

        await Task.WhenAll(senders);
        await using var second = await TestNode.Start(database);
        var log = await second.Log(people.Customer, ticket);
        Assert.Equal(Enumerable.Range(1, log.Count), log.Select(e => e.Seq));
        Assert.Empty(acknowledged.Except(log.Select(e => (e.Seq, e.Body!))));

        async Task Send(int sender)
        {
            try
            {
                for (var n = 0; ; n++)
                {
                    var body = $"{sender}.{n}";
                    var seq = sender % 2 == 0 ? (await first.Say(people.Customer, ticket, body)) is { Status: HttpStatusCode.Created } a ? a["seq"] : null : (await hub.Say(ticket, body)).Value?["seq"];
                    if (seq is null) return;
                    acknowledged.Add((seq.GetValue<int>(), body));
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or InvalidOperationException or IOException)
            {
                // Refused, or the line went dead: not acknowledged.
            }
        }
    }
}
