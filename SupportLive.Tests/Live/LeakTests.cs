using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>What a customer must never see, while everything around moves.</summary>
[Trait("Category", "Nodes")]
public sealed class LeakTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private const string Secret = "between us";

    [Fact]
    public async Task A_customers_connection_hears_the_own_conversation_and_nothing_of_notes_or_others()
    {
        var (customer, stranger) = (await People.NewCustomer(desk.A), await People.NewCustomer(desk.A));
        var own = await desk.A.AcceptedTicket(customer, desk.People.Agent);
        var others = await desk.B.AcceptedTicket(stranger, desk.People.OtherAgent);
        await using var watching = await desk.B.Connect(customer);
        await using var staff = await desk.B.Connect(desk.People.Manager);
        var before = await watching.Join(own, after: 0);
        await staff.Join(own);

        for (var n = 0; n < 10; n++)
        {
            (await desk.Either(n).Say(desk.People.Agent, own, $"{Secret} {n}", @internal: true)).Must(HttpStatusCode.Created);
            (await desk.Either(n).Say(desk.People.Agent, own, $"Public {n}")).Must(HttpStatusCode.Created);
            (await desk.Either(n).Say(stranger, others, $"{Secret}, other side {n}")).Must(HttpStatusCode.Created);
            (await desk.Either(n).As(desk.People.Agent).Post($"/api/chats/{own}/read", new { seq = 2 })).Must(HttpStatusCode.NoContent);
        }

        (await desk.A.Move(desk.People.Manager, own, "escalate", new { reason = "Patience is at its end" })).Must();
        (await desk.A.Move(desk.People.OtherAgent, others, "close")).Must();
        (await desk.A.Say(desk.People.Agent, own, "The end")).Must(HttpStatusCode.Created);

        await staff.Hear("note", p => p["body"]!.GetValue<string>() == $"{Secret} 9");
        await watching.HearMessage("The end");
        Assert.DoesNotContain(watching.Events, e => e.Payload.ToJsonString().Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(watching.Events, e => e.Name is "note" or "presence" || e.Payload.ToJsonString().Contains(others.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(watching.Events, e => e.Payload["ticket"]?["staffSeq"] is not null);
        Assert.Null(before["ticket"]!["staffSeq"]);
        Assert.Null(before["staffSeq"]);

        var seqs = watching.Events.Where(e => e.Entry is not null).Select(e => e.Entry!["seq"]!.GetValue<int>());
        Assert.Equal(Enumerable.Range(1, seqs.Max() - 2), seqs.Select(s => s - 2)); // notes leave no gap
    }

    [Fact]
    public async Task A_customer_reads_no_note_by_any_door_and_staff_do()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        (await desk.A.Say(desk.People.Agent, ticket, Secret, @internal: true)).Must(HttpStatusCode.Created);
        await using var hub = await desk.A.Connect(desk.People.Customer);

        string[] read =
        [
            (await hub.Call("join", ticket, 0, 0)).Must().ToJsonString(),
            (await hub.Call("resume", [new[] { new { ticketId = ticket, after = 0, staffAfter = 0 } }])).Must().ToJsonString(),
            (await desk.A.As(desk.People.Customer).Get($"/api/tickets/{ticket}")).Must().Text,
            (await desk.A.As(desk.People.Customer).Get($"/api/tickets/{ticket}/history")).Must().Text,
            (await desk.A.As(desk.People.Customer).Get($"/api/chats/{ticket}/messages")).Must().Text,
            (await desk.A.As(desk.People.Customer).Get("/api/chats")).Must().Text,
            (await desk.A.As(desk.People.Customer).Get("/api/notifications")).Must().Text,
        ];

        Assert.All(read, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.All(read, text => Assert.DoesNotContain("\"staffSeq\":1", text, StringComparison.Ordinal));
        (await desk.A.As(desk.People.Customer).Get($"/api/chats/{ticket}/messages?feed=staff")).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await hub.Say(ticket, "I note too", @internal: true)).Refused("forbidden");
        Assert.Contains(Secret, (await desk.A.As(desk.People.OtherAgent).Get($"/api/tickets/{ticket}/history")).Must().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_another_customer_a_ticket_does_not_exist()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        var number = (await desk.A.As(desk.People.Customer).Get($"/api/tickets/{ticket}")).Must()["number"]!.GetValue<long>();
        var stranger = desk.B.As(desk.People.OtherCustomer);
        var missing = await stranger.Get($"/api/tickets/{Guid.NewGuid()}");

        foreach (var id in (string[])[ticket.ToString(), $"{number}"])
        {
            foreach (var path in (string[])[$"/api/tickets/{id}", $"/api/tickets/{id}/history", $"/api/chats/{id}/messages", $"/api/chats/{id}/messages?feed=staff"])
                Assert.Equal(missing.Text, (await stranger.Get(path)).Refused(HttpStatusCode.NotFound, "not_found").Text);
            foreach (var verb in (string[])["accept", "reject", "assign", "release", "escalate", "resolve", "reopen", "close", "rate"])
                Assert.Equal(missing.Text, (await stranger.Post($"/api/tickets/{id}/{verb}", new { reason = "x", score = 1, agentId = desk.People.Agent.Id })).Refused(HttpStatusCode.NotFound, "not_found").Text);
            (await stranger.Post($"/api/chats/{id}/messages", new { body = "Hello", clientId = "c1" })).Refused(HttpStatusCode.NotFound, "not_found");
            (await stranger.Post($"/api/chats/{id}/read", new { seq = 1 })).Refused(HttpStatusCode.NotFound, "not_found");
        }

        await using var hub = await desk.B.Connect(desk.People.OtherCustomer);
        (await hub.Call("join", ticket)).Refused("not_found");
        (await hub.Say(ticket, "Hello")).Refused("not_found");
        (await hub.Call("read", ticket, 1)).Refused("not_found");
        (await hub.Call("typing", ticket)).Refused("not_found");
        Assert.DoesNotContain("entries", (await hub.Call("resume", [new[] { new { ticketId = ticket, after = 0 } }])).Must().ToJsonString(), StringComparison.Ordinal);

        (await desk.A.Say(desk.People.Agent, ticket, "Only for this customer")).Must(HttpStatusCode.Created);
        var sentinel = await desk.A.OpenTicket(desk.People.OtherCustomer);
        await hub.Hear("ticket_created", sentinel);
        Assert.DoesNotContain(hub.Events, e => e.Ticket == ticket);
    }
}
