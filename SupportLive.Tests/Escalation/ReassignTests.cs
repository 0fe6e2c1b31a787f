using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Assignment;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Escalation.RuleStories;

namespace SupportLive.Tests.Escalation;

/// <summary>Rules that give a ticket to somebody else, on a desk with people at work.</summary>
[Trait("Category", "Nodes")]
public sealed class ReassignTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    private const double Soon = 0.02; // 1.2 seconds

    private People People => desk.People;

    [Fact]
    public async Task The_best_who_is_not_the_assignee_gets_it_and_is_told_and_the_former_one_loses_it()
    {
        await using var slow = await desk.Agent("Sid Slow");
        await using var free = await desk.Agent("Fred Free", node: desk.B);
        await using var loaded = await desk.Agent("Lotta Loaded");
        await Busy(loaded, "urgent");
        await Busy(free, "high"); // 3, and the ticket itself is 2: its assignee would be the best
        await using var customer = await desk.B.Connect(People.Customer);
        var ticket = await desk.Ticket(category: "billing");
        (await desk.A.Move(slow.Person, ticket, "accept")).Must();

        var rule = await Rule("No answer", "billing", new { action = "reassign" });

        await desk.Assigned(ticket, free);
        await free.Hub.Hear("ticket_assigned", ticket);
        Assert.Equal("Rule “No answer” assigned the ticket to Fred Free", (await free.Hub.Hear("notification", p => Type(p) == "ticket_assigned" && About(p, ticket))).Payload["title"]!.GetValue<string>());
        await customer.Hear("ticket_assigned", ticket);
        await slow.Hub.Hear("ticket_assigned", ticket);
        foreach (var reader in (Person[])[free.Person, slow.Person])
            Assert.Equal("Rule “No answer” assigned the ticket to Fred Free", (await desk.B.Sentences(reader, ticket))[^1]);
        Assert.Equal("SupportLive assigned the ticket to Fred Free", (await desk.B.Sentences(People.Customer, ticket))[^1]);

        (await desk.B.Say(slow.Person, ticket, "One moment")).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await desk.A.Move(slow.Person, ticket, "resolve")).Refused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Empty(await Mine(slow));
        Assert.Contains(ticket, await Mine(free));
        (await desk.A.Say(free.Person, ticket, "Here I am")).Must(HttpStatusCode.Created);
        await slow.Hub.Hear("notification", p => Type(p) == "ticket_assigned" && About(p, ticket));
        Assert.DoesNotContain(loaded.Hub.Events, e => e.Name == "notification" && Type(e.Payload) == "ticket_assigned" && About(e.Payload, ticket));
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task What_nobody_accepted_goes_from_the_queue_to_the_best()
    {
        await using var free = await desk.Agent("Fred Free", node: desk.B);
        var rule = await Rule("Nobody came", "account", new { action = "reassign", value = "best" });
        var ticket = await desk.Ticket(category: "account");

        await desk.Assigned(ticket, free);

        Assert.Equal("in_progress", (await desk.See(ticket))["status"]!.GetValue<string>());
        Assert.Equal(["ticket_created", "ticket_assigned"], (await desk.History(ticket)).Kinds());
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task A_manager_who_is_there_comes_before_one_who_is_not_and_full_hands_do_not_matter()
    {
        await using var agent = await desk.Agent("Sid Slow");
        var mona = await People.New(desk.B, Roles.Manager, "Mona Manager");
        (await desk.A.As(People.Manager).Put($"/api/users/{mona.Id}/agent", new { capacity = 0, categories = (string[])[] })).Must();
        await using var hub = await desk.B.Connect(mona);
        (await desk.B.As(mona).Post("/api/agents/me/presence", new { status = "available" })).Must(HttpStatusCode.NoContent);
        await Eventually.True(async () => (await desk.AgentLine(mona))["presence"]!.GetValue<string>() == "available", "Mona is there");
        var ticket = await desk.Ticket(category: "billing");
        (await desk.A.Move(agent.Person, ticket, "accept")).Must();

        var rule = await Rule("To the top", "billing", new { action = "reassign", value = "manager" });

        await Eventually.Get(() => desk.See(ticket), t => t["assignee"]?["id"]?.GetValue<Guid>() == mona.Id, "it is Mona's");
        Assert.Equal("Rule “To the top” assigned the ticket to Mona Manager", (await hub.Hear("notification", p => Type(p) == "ticket_assigned" && About(p, ticket))).Payload["title"]!.GetValue<string>());
        Assert.Equal("SupportLive assigned the ticket to Mona Manager", (await desk.A.Sentences(People.Customer, ticket))[^1]);
        (await desk.A.Move(agent.Person, ticket, "resolve")).Refused(HttpStatusCode.Forbidden, "forbidden");
        await desk.A.Drop(People.Manager, rule);

        var again = await Rule("Not the same one", "billing", new { action = "reassign", value = "manager" });

        await Eventually.Get(() => desk.See(ticket), t => t["assignee"]?["id"]?.GetValue<Guid>() is { } id && id != mona.Id, "who had it does not get it again");
        await desk.A.Drop(People.Manager, again);
    }

    [Fact]
    public async Task Where_nobody_is_able_the_ticket_stays_and_the_staff_read_why()
    {
        await using var agent = await desk.Agent("Only One");
        var ticket = await desk.Ticket(category: "general");
        (await desk.A.Move(agent.Person, ticket, "accept")).Must();

        var rule = await Rule("No answer", "general", new { action = "reassign", value = "best" });

        await Eventually.True(async () => (await desk.History(ticket)).Kinds().Contains("rule_fired"), "it says so");
        Assert.Equal("Rule “No answer”: No first response for 1.2 seconds; no other agent could take the ticket", (await desk.B.Sentences(agent.Person, ticket))[^1]);
        Assert.Equal(["ticket_created", "ticket_accepted"], (await desk.B.History(People.Customer, ticket)).Kinds());
        await using var free = await desk.Agent("Came Later"); // once for a wait, so this one is too late
        var other = await desk.Ticket(category: "general");
        await desk.Assigned(other, free);
        Assert.Equal(agent.Person.Id, (await desk.See(ticket))["assignee"]!["id"]!.GetValue<Guid>());
        Assert.Single((await desk.History(ticket)).Kinds(), "rule_fired");
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task A_ticket_that_the_rule_itself_makes_heavier_is_weighed_as_it_becomes()
    {
        await using var small = await desk.Agent("Small", capacity: 4);
        await Busy(small, "low");
        var ticket = await desk.Ticket("low", "billing"); // 1, and it would fit; 5 does not

        var rule = await Rule("All at once", "billing", new { action = "reassign", value = "best" }, new { action = "raise_priority", value = "urgent" }, new { action = "notify", value = "managers" });

        await Eventually.True(async () => (await desk.History(ticket)).Kinds().Contains("rule_fired"), "it says so");
        Assert.Equal("Rule “All at once”: No first response for 1.2 seconds; no other agent could take the ticket, managers told", (await desk.B.Sentences(People.Manager, ticket))[^1]);
        Assert.Equal("open", (await desk.See(ticket))["status"]!.GetValue<string>());
        await desk.A.Drop(People.Manager, rule);
    }

    private Task<JsonNode> Rule(string name, string category, params object[] then) => desk.A.AddRule(People.Manager, Body(name, "first_response", Soon, category, then));

    // Something else to do, which no rule here concerns.
    private async Task Busy(AgentAtWork agent, string priority) => (await desk.A.Move(agent.Person, await desk.Ticket(priority, "technical"), "accept")).Must();

    private async Task<IReadOnlyList<Guid>> Mine(AgentAtWork agent) =>
        [.. (await desk.A.As(agent.Person).Get("/api/tickets?assignee=me&category=billing")).Must()["items"]!.AsArray().Select(t => t!["id"]!.GetValue<Guid>())];

    private static string Type(JsonNode notification) => notification["type"]!.GetValue<string>();

    private static bool About(JsonNode notification, Guid ticket) => notification["ticketId"]!.GetValue<Guid>() == ticket;
}
