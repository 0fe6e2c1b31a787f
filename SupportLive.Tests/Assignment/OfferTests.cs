using System.Net;
using SupportLive.Core.Assignment;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Assignment;

[Trait("Category", "Nodes")]
public sealed class OfferTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    [Fact]
    public async Task A_new_ticket_is_offered_to_who_has_least_to_do_and_its_customer_sees_nothing_of_that()
    {
        await desk.Mode(AssignmentMode.Offer);
        await using var loaded = await desk.Agent("Lotta Loaded", node: desk.B);
        var first = await desk.Ticket("high");
        await desk.Offered(first, loaded);
        (await desk.B.Move(loaded.Person, first, "accept")).Must();
        await using var free = await desk.Agent("Fred Free", node: desk.B);
        await using var customer = await desk.B.Connect(desk.People.Customer);
        await using var manager = await desk.B.Connect(desk.People.Manager);

        var ticket = await desk.Ticket();

        var offer = await free.Hub.Hear("ticket_offered", ticket);
        Assert.Equal(free.Person.Id, offer.Payload["ticket"]!["offer"]!["agentId"]!.GetValue<Guid>());
        Assert.Contains("decline", offer.Payload["ticket"]!["moves"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("Load 0 of 12, the lowest of 2 online", offer.Entry!["data"]!["why"]!.GetValue<string>());
        Assert.DoesNotContain("decline", (await loaded.Hub.Hear("ticket_offered", ticket)).Payload["ticket"]!["moves"]!.ToJsonString(), StringComparison.Ordinal);
        await manager.Hear("ticket_offered", ticket);
        var seen = (await desk.B.As(desk.People.Customer).Get($"/api/tickets/{ticket}")).Must();
        Assert.Null(seen["offer"]);
        Assert.Equal(1, seen["version"]!.GetValue<int>());
        (await desk.B.Move(free.Person, ticket, "accept")).Must();
        await customer.Hear("ticket_accepted", ticket);
        Assert.DoesNotContain(customer.Events, e => e.Name is "ticket_offered" or "ticket_declined" or "presence");
        Assert.DoesNotContain("offered", (await desk.A.As(desk.People.Customer).Get($"/api/tickets/{ticket}/history")).Must().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_declines_is_not_asked_again_and_the_next_one_is_asked_at_once()
    {
        await desk.Mode(AssignmentMode.Offer);
        await using var one = await desk.Agent("One", node: desk.A);
        var ticket = await desk.Ticket(node: desk.B);
        await desk.Offered(ticket, one);
        await using var two = await desk.Agent("Two", node: desk.B);

        (await desk.B.Move(two.Person, ticket, "decline")).Refused(HttpStatusCode.Forbidden, "forbidden"); // it is not offered to Two
        (await desk.B.Move(one.Person, ticket, "decline", new { reason = "I have no phone" })).Must();

        await two.Hub.Hear("ticket_offered", p => p["ticket"]!["id"]!.GetValue<Guid>() == ticket && p["ticket"]!["offer"]!["agentId"]!.GetValue<Guid>() == two.Person.Id);
        (await desk.A.Move(one.Person, ticket, "decline")).Must(); // again: quiet
        (await desk.A.Move(two.Person, ticket, "decline")).Must();
        await Eventually.Get(() => desk.See(ticket), t => t["offer"] is null, "nobody is left to ask");
        var who = (await desk.A.As(desk.People.Manager).Get($"/api/tickets/{ticket}/who")).Must().Body.AsArray();
        Assert.All(who.Where(w => w!["agentId"]!.GetValue<Guid>() is var id && (id == one.Person.Id || id == two.Person.Id)), w => Assert.Equal("Has passed this ticket on", w!["reason"]!.GetValue<string>()));
        Assert.Equal(["ticket_created", "ticket_offered", "ticket_declined", "ticket_offered", "ticket_declined"], (await desk.History(ticket)).Select(e => e["kind"]!.GetValue<string>()));
        (await desk.A.Move(one.Person, ticket, "accept")).Must(); // thought better of it
    }

    [Fact]
    public async Task What_somebody_takes_by_hand_is_theirs_whoever_it_is_offered_to()
    {
        await desk.Mode(AssignmentMode.Offer);
        await using var asked = await desk.Agent("Asked");
        var ticket = await desk.Ticket();
        await desk.Offered(ticket, asked);

        (await desk.B.Move(desk.People.OtherAgent, ticket, "accept")).Must();

        Assert.Null((await desk.See(ticket))["offer"]);
        (await desk.A.Move(asked.Person, ticket, "accept")).Refused(HttpStatusCode.Conflict, "ticket_already_accepted");
        (await desk.A.Move(asked.Person, ticket, "decline")).Must(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_ignored_offer_goes_on_to_the_next_and_three_in_a_row_send_away_who_is_told_why()
    {
        await desk.Mode(AssignmentMode.Offer, offerSeconds: 1);
        await using var asleep = await desk.Agent("Asleep", node: desk.B);
        var tickets = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            tickets.Add(await desk.Ticket());
            await Ignored(tickets[^1]);
        }

        var told = await asleep.Hub.Hear("presence", p => p["accountId"]!.GetValue<Guid>() == asleep.Person.Id && p["status"]!.GetValue<string>() == "away");

        Assert.Equal("ignored_offers", told.Payload["reason"]!.GetValue<string>());
        await using var awake = await desk.Agent("Awake");
        await desk.Offered(tickets[0], awake);
        (await asleep.Choose("available")).Must(HttpStatusCode.NoContent);
        var line = await desk.AgentLine(asleep.Person);
        Assert.Equal(("available", null), (line["presence"]!.GetValue<string>(), line["reason"]?.GetValue<string>()));
    }

    private Task Ignored(Guid ticket) =>
        Eventually.True(async () => (await desk.History(ticket)).Any(e => e["data"]?["ignored"]?.GetValue<bool>() == true), "the offer runs out");

    [Fact]
    public async Task Offers_that_ran_out_in_the_same_moments_are_one_occasion_and_not_several()
    {
        await desk.Mode(AssignmentMode.Offer, offerSeconds: 3);
        await using var turned = await desk.Agent("Turned Away", node: desk.B);
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => desk.Ticket("low", node: desk.Any(n))));
        foreach (var ticket in together) await Ignored(ticket);
        Assert.Equal("available", (await desk.AgentLine(turned.Person))["presence"]!.GetValue<string>());

        await desk.Mode(AssignmentMode.Offer, offerSeconds: 1);
        await Ignored(await desk.Ticket());
        Assert.Equal("available", (await desk.AgentLine(turned.Person))["presence"]!.GetValue<string>());
        await Ignored(await desk.Ticket());

        await turned.Hub.Hear("presence", p => p["accountId"]!.GetValue<Guid>() == turned.Person.Id && p["status"]!.GetValue<string>() == "away");
    }

    [Fact]
    public async Task Going_away_and_switching_to_manual_take_offers_back_without_a_reproach()
    {
        await desk.Mode(AssignmentMode.Offer);
        await using var one = await desk.Agent("Leaver");
        var ticket = await desk.Ticket();
        await desk.Offered(ticket, one);

        (await one.Hub.Call("setPresence", "busy")).Must();
        await Eventually.Get(() => desk.See(ticket), t => t["offer"] is null, "it is taken back");
        (await one.Hub.Call("setPresence", "available")).Must();
        await desk.Offered(ticket, one); // and not excluded

        await desk.Mode(AssignmentMode.Manual);
        await Eventually.Get(() => desk.See(ticket), t => t["offer"] is null, "it is taken back");
        await desk.Mode(AssignmentMode.Direct);
        await desk.Assigned(ticket, one);
    }

    [Fact]
    public async Task An_offer_ends_in_time_although_the_node_that_made_it_is_dead()
    {
        var database = await desk.NewDatabase();
        Guid ticket;
        Person agent;
        await using (var dead = await AssignmentDesk.Node(database))
        {
            var people = await People.Of(dead);
            (await dead.As(people.Manager).Put("/api/settings/assignment", new { mode = "offer", offerSeconds = 5 })).Must();
            agent = people.Agent;
            await using var hub = await dead.Connect(agent);
            ticket = await dead.OpenTicket(people.Customer, priority: "urgent");
            await hub.Hear("ticket_offered", ticket);
        }

        await using var alive = await AssignmentDesk.Node(database);
        var manager = await People.LogIn(alive, "manager@demo.test");
        await Eventually.Get(async () => (await alive.As(manager).Get($"/api/tickets/{ticket}/history")).Must().Text, log => log.Contains("\"ignored\":true", StringComparison.Ordinal), "the other node ends it");
    }
}
