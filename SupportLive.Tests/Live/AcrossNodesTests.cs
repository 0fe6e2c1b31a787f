using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>Done on one node, seen on the other.</summary>
[Trait("Category", "Nodes")]
public sealed class AcrossNodesTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task A_new_ticket_is_told_to_all_staff_and_its_customer_and_to_no_other_customer()
    {
        await using var agent = await desk.B.Connect(desk.People.Agent);
        await using var manager = await desk.B.Connect(desk.People.Manager);
        await using var customer = await desk.B.Connect(desk.People.Customer);
        await using var other = await desk.B.Connect(desk.People.OtherCustomer);

        var ticket = await desk.A.OpenTicket(desk.People.Customer, "My invoice is upside down");
        var others = await desk.A.OpenTicket(desk.People.OtherCustomer);

        var told = await agent.Hear("ticket_created", ticket);
        Assert.Equal("My invoice is upside down", told.Payload["ticket"]!["subject"]!.GetValue<string>());
        Assert.Contains("accept", told.Payload["ticket"]!["moves"]!.AsArray().Select(m => m!.GetValue<string>()));
        await manager.Hear("ticket_created", ticket);
        var own = await customer.Hear("ticket_created", ticket);
        Assert.DoesNotContain("accept", own.Payload["ticket"]!["moves"]!.AsArray().Select(m => m!.GetValue<string>()));
        await other.Hear("ticket_created", others);
        Assert.DoesNotContain(other.Events, e => e.Ticket == ticket);
    }

    [Fact]
    public async Task Each_move_is_told_on_the_other_node_in_its_order()
    {
        await using var customer = await desk.B.Connect(desk.People.Customer);
        await using var agent = await desk.B.Connect(desk.People.OtherAgent);
        var ticket = await desk.A.OpenTicket(desk.People.Customer);
        foreach (var (verb, body) in new (string, object?)[] { ("accept", null), ("escalate", new { reason = "Big client" }), ("release", null), ("accept", null), ("resolve", null) })
            (await desk.A.Move(desk.People.Agent, ticket, verb, body)).Must();
        (await desk.A.Move(desk.People.Customer, ticket, "reopen")).Must();
        (await desk.A.Move(desk.People.Manager, ticket, "assign", new { agentId = desk.People.OtherAgent.Id })).Must();
        (await desk.A.Move(desk.People.OtherAgent, ticket, "close")).Must();
        (await desk.A.Move(desk.People.Customer, ticket, "rate", new { score = 5 })).Must();

        string[] expected = ["ticket_created", "ticket_accepted", "ticket_escalated", "ticket_released", "ticket_accepted", "ticket_resolved", "ticket_reopened", "ticket_assigned", "ticket_closed", "ticket_rated"];
        foreach (var client in (LiveClient[])[customer, agent])
        {
            await client.Hear("ticket_rated", ticket);
            Assert.Equal(expected, client.Events.Where(e => e.Ticket == ticket && e.Entry is not null).Select(e => e.Name));
        }
    }

    [Fact]
    public async Task Messages_are_heard_by_who_has_joined_and_by_nobody_else()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var customer = await desk.B.Connect(desk.People.Customer);
        await using var agent = await desk.A.Connect(desk.People.Agent);
        await using var aside = await desk.B.Connect(desk.People.OtherAgent);
        await customer.Join(ticket);
        await agent.Join(ticket);

        (await agent.Say(ticket, "How can I help?")).Must();
        (await customer.Say(ticket, "It burns")).Must();
        await customer.HearMessage("How can I help?");
        await agent.HearMessage("It burns");

        (await aside.Call("join", ticket)).Must();
        (await customer.Say(ticket, "Are two of you there?")).Must();
        await aside.HearMessage("Are two of you there?");
        Assert.DoesNotContain(aside.Events, e => e.Name == "message" && e.Payload["body"]!.GetValue<string>() == "It burns");

        (await aside.Call("leave", ticket)).Must();
        (await customer.Say(ticket, "One has gone")).Must();
        await agent.HearMessage("One has gone");
        (await aside.Call("join", ticket)).Must();
        Assert.DoesNotContain(aside.Events, e => e.Name == "message" && e.Payload["body"]!.GetValue<string>() == "One has gone");
    }

    [Fact]
    public async Task What_was_done_on_one_node_is_in_the_lists_of_the_other_at_once()
    {
        var customer = await People.NewCustomer(desk.A);
        var ticket = await desk.A.AcceptedTicket(customer, desk.People.Agent);
        (await desk.A.Say(customer, ticket, "Are you there?")).Must(HttpStatusCode.Created);

        var own = (await desk.B.As(customer).Get("/api/tickets")).Must()["items"]!.AsArray();
        Assert.Equal(ticket, Assert.Single(own)!["id"]!.GetValue<Guid>());
        var chat = (await desk.B.As(desk.People.Agent).Get("/api/chats")).Must()["items"]!.AsArray().Single(c => c!["ticket"]!["id"]!.GetValue<Guid>() == ticket)!;
        Assert.Equal(("Are you there?", 1), (chat["lastMessage"]!["body"]!.GetValue<string>(), chat["unread"]!.GetValue<int>()));
        Assert.DoesNotContain((await desk.B.As(desk.People.OtherCustomer).Get("/api/tickets?limit=100")).Must()["items"]!.AsArray(), t => t!["id"]!.GetValue<Guid>() == ticket);
        Assert.Contains((await desk.B.As(desk.People.Agent).Get("/api/tickets?assignee=me&limit=100")).Must()["items"]!.AsArray(), t => t!["id"]!.GetValue<Guid>() == ticket);
    }

    [Fact]
    public async Task Typing_and_reading_are_seen_by_the_other_side_and_not_by_oneself()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var customer = await desk.A.Connect(desk.People.Customer);
        await using var agent = await desk.B.Connect(desk.People.Agent);
        await customer.Join(ticket);
        await agent.Join(ticket);

        (await customer.Call("typing", ticket)).Must();
        (await customer.Call("typing", ticket)).Must();
        (await customer.Call("read", ticket, 2)).Must();

        var typing = await agent.Hear("typing", ticket);
        Assert.Equal(desk.People.Customer.Name, typing.Payload["account"]!["displayName"]!.GetValue<string>());
        var read = await agent.Hear("read", ticket);
        Assert.Equal((desk.People.Customer.Id, 2), (read.Payload["accountId"]!.GetValue<Guid>(), read.Payload["seq"]!.GetValue<int>()));
        Assert.Single(agent.Events, e => e.Name == "typing");
        Assert.DoesNotContain(customer.Events, e => e.Name == "typing");
    }
}
