using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Chat;

[Trait("Category", "Nodes")]
public sealed class SendAgainstCloseTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task A_message_that_races_a_close_is_before_it_or_refused_never_behind()
    {
        var (before, refused) = (0, 0);
        for (var round = 0; round < 25; round++)
        {
            var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
            var close = Later(round, () => desk.Either(round).Move(desk.People.Agent, ticket, "close"));
            var sends = Enumerable.Range(0, 12).Select(n => Later(n % 4, () => desk.Either(n).Say(n % 3 == 0 ? desk.People.Agent : desk.People.Customer, ticket, $"Message {n}"))).ToArray();

            await Task.WhenAll([close, .. sends]);

            (await close).Must();
            var log = await desk.B.Log(desk.People.Customer, ticket);
            Assert.Equal(Enumerable.Range(1, log.Count), log.Select(e => e.Seq));
            Assert.Equal("ticket_closed", log[^1].Kind);
            foreach (var (send, n) in sends.Select((s, n) => (s.Result, n)))
            {
                if (send.Status == HttpStatusCode.Created)
                {
                    before++;
                    Assert.Contains((send["seq"]!.GetValue<int>(), "message", $"Message {n}"), log);
                }
                else
                {
                    refused++;
                    send.Refused(HttpStatusCode.Conflict, "ticket_closed");
                    Assert.DoesNotContain(log, e => e.Body == $"Message {n}");
                }
            }
        }

        Assert.True(before > 0 && refused > 0, $"It was no race: {before} before the close, {refused} behind it.");
    }

    // Tries different overlaps; what happens first is up to the database.
    private static async Task<Answer> Later(int turns, Func<Task<Answer>> call)
    {
        for (var i = 0; i < turns * 3; i++) await Task.Yield();
        return await call();
    }

    [Fact]
    public async Task Closed_means_closed_by_every_door()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var customer = await desk.B.Connect(desk.People.Customer);
        await using var agent = await desk.B.Connect(desk.People.Agent);
        await customer.Join(ticket);
        (await customer.Say(ticket, "Still here")).Must();
        (await desk.A.Move(desk.People.Agent, ticket, "close")).Must();

        (await customer.Say(ticket, "Wait!")).Refused("ticket_closed");
        (await agent.Say(ticket, "Too late")).Refused("ticket_closed");
        (await agent.Say(ticket, "A note", @internal: true)).Refused("ticket_closed");
        foreach (var node in (TestNode[])[desk.A, desk.B])
        {
            (await node.Say(desk.People.Customer, ticket, "Wait!")).Refused(HttpStatusCode.Conflict, "ticket_closed");
            (await node.Say(desk.People.Agent, ticket, "Note", @internal: true)).Refused(HttpStatusCode.Conflict, "ticket_closed");
        }

        Assert.Equal("ticket_closed", (await desk.A.Log(desk.People.Agent, ticket))[^1].Kind);
        Assert.Empty(await desk.A.Log(desk.People.Agent, ticket, "staff"));
    }
}
