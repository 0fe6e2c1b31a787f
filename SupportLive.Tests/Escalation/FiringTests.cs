using System.Text.Json;
using System.Text.Json.Nodes;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Escalation.RuleStories;

namespace SupportLive.Tests.Escalation;

[Trait("Category", "Nodes")]
public sealed class FiringTests(RuleDesk desk) : IClassFixture<RuleDesk>
{
    private const double Soon = 0.02; // 1.2 seconds
    private const double Never = 100_000;

    private static readonly object[] Everything = [new { action = "raise_priority" }, new { action = "escalate" }, new { action = "tag", value = "late" }, new { action = "notify" }, new { action = "email", value = "boss@desk.test" }];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private People People => desk.People;

    [Fact]
    public async Task What_a_rule_does_is_seen_live_on_every_node_in_time_with_its_name_and_without_an_author()
    {
        var rule = await desk.A.AddRule(People.Manager, Body("No answer", "first_response", Soon, "billing", Everything));
        await using var agent = await desk.B.Connect(People.Agent);
        await using var customer = await desk.B.Connect(People.Customer);
        await using var manager = await desk.B.Connect(People.Manager);
        var ticket = await desk.A.Ask(People.Customer, "billing");

        var heard = (await agent.Hear("ticket_escalated", ticket)).Payload;
        await customer.Hear("ticket_escalated", ticket);

        Assert.Equal(1, heard["ticket"]!["escalation"]!["level"]!.GetValue<int>());
        Assert.Equal("medium", heard["ticket"]!["priority"]!.GetValue<string>());
        Assert.Equal("late", Assert.Single(heard["ticket"]!["tags"]!.AsArray())!.GetValue<string>());
        Assert.Equal("No answer", heard["entry"]!["data"]!["rule"]!.GetValue<string>());
        Assert.Null(heard["entry"]!["author"]);
        var took = heard["entry"]!["at"]!.GetValue<DateTimeOffset>() - heard["ticket"]!["createdAt"]!.GetValue<DateTimeOffset>();
        Assert.InRange(took, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(6)); // a busy machine is given five times the promise
        Assert.Equal(["ticket_created", "ticket_updated", "ticket_escalated", "rule_fired"], (await desk.B.History(People.Agent, ticket)).Kinds());
        Assert.Contains("No answer", (await manager.Hear("notification", p => p["type"]!.GetValue<string>() == "rule_fired" && p["ticketId"]!.GetValue<Guid>() == ticket)).Payload["title"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(["ticket_created", "ticket_updated", "ticket_escalated"], (await desk.B.History(People.Customer, ticket)).Kinds());
        Assert.DoesNotContain(customer.Events, e => e.Name == "rule_fired" || e.Payload.ToJsonString().Contains("boss@desk.test", StringComparison.Ordinal));
        Assert.DoesNotContain(agent.Events, e => e.Name == "notification" && e.Payload["type"]!.GetValue<string>() == "rule_fired");
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task The_customer_is_told_of_the_escalation_and_not_of_the_rule_that_made_it()
    {
        var rule = await desk.A.AddRule(People.Manager, Body("Grumpy customers", "first_response", Soon, "billing", new { action = "escalate" }));
        await using var customer = await desk.B.Connect(People.Customer);
        await using var agent = await desk.B.Connect(People.Agent);
        var ticket = await desk.A.Ask(People.Customer, "billing");
        await customer.Join(ticket);

        Assert.Equal("Grumpy customers", (await agent.Hear("ticket_escalated", ticket)).Entry!["data"]!["rule"]!.GetValue<string>());
        var told = (await customer.Hear("ticket_escalated", ticket)).Entry!;
        var bell = await customer.Hear("notification", p => p["type"]!.GetValue<string>() == "ticket_escalated" && p["ticketId"]!.GetValue<Guid>() == ticket);

        Assert.Equal("Escalated", Sentences.ForCustomer(told.Deserialize<EntryView>(Wire.Json)!));
        Assert.Equal("Escalated", bell.Payload["title"]!.GetValue<string>());
        Assert.Contains((await desk.B.Sentences(People.Agent, ticket)), s => s == "Escalated to level 1 by rule “Grumpy customers”");
        Assert.DoesNotContain(customer.Events, e => e.Payload.ToJsonString().Contains("Grumpy", StringComparison.Ordinal));
        foreach (var path in (string[])[$"/api/tickets/{ticket}/history", $"/api/chats/{ticket}/messages?after=0", "/api/notifications"])
            Assert.DoesNotContain("Grumpy", (await desk.A.As(People.Customer).Get(path)).Must().Text, StringComparison.Ordinal);
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task Who_was_answered_in_time_is_left_alone_and_a_new_wait_counts_anew()
    {
        var rule = await desk.A.AddRule(People.Manager, Body("No reply", "reply", Soon, "technical", new { action = "escalate" }));
        var agent = People.Agent;
        var (answered, waits) = (await desk.A.Ask(People.Customer, "technical"), await desk.B.Ask(People.Customer, "technical"));
        foreach (var ticket in (Guid[])[answered, waits]) (await desk.B.Move(agent, ticket, "accept")).Must();
        (await desk.A.Say(agent, answered, "Which floor?")).Must(System.Net.HttpStatusCode.Created);

        await Escalations(waits, 1);
        Assert.DoesNotContain("ticket_escalated", (await desk.A.History(agent, answered)).Kinds());

        (await desk.A.Say(agent, waits, "Which floor?")).Must(System.Net.HttpStatusCode.Created);
        (await desk.B.Say(People.Customer, waits, "The third")).Must(System.Net.HttpStatusCode.Created);
        (await desk.B.Say(People.Customer, answered, "The second")).Must(System.Net.HttpStatusCode.Created);
        await Escalations(answered, 1);
        await Escalations(waits, 2);
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task A_rule_fires_once_for_a_wait_whoever_tries_and_whatever_it_does_itself()
    {
        var rule = await desk.A.AddRule(People.Manager, Body("Once", "first_response", Soon, "account", Everything));
        var ticket = await desk.A.Ask(People.Customer, "account");
        await Escalations(ticket, 1);

        var later = DateTimeOffset.UtcNow.AddHours(1);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? desk.A : desk.B).The<Firing>().Fire(rule.Watch(), ticket, later, Ct)));

        Assert.Single((await desk.A.History(People.Agent, ticket)).Kinds(), "ticket_escalated");
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task Two_nodes_that_fire_at_once_do_it_once_and_not_a_millisecond_early()
    {
        var rule = await desk.A.AddRule(People.Manager, Body("In an hour", "resolution", 60, "general", new { action = "escalate" }));
        for (var round = 0; round < 10; round++)
        {
            var ticket = await desk.A.Ask(People.Customer, "general");
            var due = (await desk.A.As(People.Agent).Get($"/api/tickets/{ticket}"))["createdAt"]!.GetValue<DateTimeOffset>().AddMinutes(60);

            await desk.A.The<Firing>().Fire(rule.Watch(), ticket, due.AddMilliseconds(-1), Ct);
            Assert.DoesNotContain("ticket_escalated", (await desk.A.History(People.Agent, ticket)).Kinds());
            await Eventually.True(async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 6).Select(n => (n % 2 == 0 ? desk.A : desk.B).The<Firing>().Fire(rule.Watch(), ticket, due, Ct)));
                return (await desk.A.History(People.Agent, ticket)).Kinds().Contains("ticket_escalated");
            }, "planned by the keeper, fired by these");

            Assert.Single((await desk.A.History(People.Agent, ticket)).Kinds(), "ticket_escalated");
        }

        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task A_changed_rule_plans_open_tickets_anew_and_one_that_is_off_or_gone_does_nothing()
    {
        var waiting = await desk.A.Ask(People.OtherCustomer, "general", "urgent");
        var (off, gone) = (await desk.A.AddRule(People.Manager, Body("Off", "first_response", Soon, "general", new { action = "tag", value = "off" })), await desk.A.AddRule(People.Manager, Body("Gone", "first_response", Never, "general", new { action = "tag", value = "gone" })));
        await Eventually.True(async () => (await Tags(waiting)).Contains("off"), "it fires for a ticket that was there before it");
        (await desk.B.Put(People.Manager, $"/api/escalation-rules/{off["id"]}", With(Body("Off", "first_response", Soon, "general", new { action = "tag", value = "still-on" }), "enabled", false))).Must();
        await desk.B.Drop(People.Manager, gone);
        var rule = await desk.A.AddRule(People.Manager, Body("Much later", "first_response", Never, "general", new { action = "tag", value = "changed" }));
        var fresh = await desk.A.Ask(People.OtherCustomer, "general", "urgent");

        (await desk.B.Put(People.Manager, $"/api/escalation-rules/{rule["id"]}", Body("Soon", "first_response", Soon, "general", new { action = "tag", value = "changed" }))).Must();

        foreach (var ticket in (Guid[])[waiting, fresh]) await Eventually.True(async () => (await Tags(ticket)).Contains("changed"), "the changed rule reaches old and new tickets");
        Assert.DoesNotContain("off", await Tags(fresh));
        Assert.DoesNotContain("still-on", await Tags(fresh));
        Assert.DoesNotContain("gone", await Tags(fresh));
        await desk.A.Drop(People.Manager, rule);
    }

    [Fact]
    public async Task What_has_been_solved_for_seven_days_closes_by_itself()
    {
        var ticket = await desk.A.AcceptedTicket(People.Customer, People.Agent);
        (await desk.A.Move(People.Agent, ticket, "resolve")).Must();
        var solved = (await desk.A.As(People.Agent).Get($"/api/tickets/{ticket}"))["resolvedAt"]!.GetValue<DateTimeOffset>();

        await desk.A.The<Firing>().Fire(Watch.CloseAfter(7), ticket, solved.AddDays(7).AddMilliseconds(-1), Ct);
        Assert.Equal("resolved", await Status());
        await Eventually.True(async () =>
        {
            await desk.B.The<Firing>().Fire(Watch.CloseAfter(7), ticket, solved.AddDays(7), Ct);
            return await Status() == "closed";
        }, "closed after seven days");

        var last = (await desk.A.History(People.Customer, ticket))[^1];
        Assert.Null(last["author"]);
        Assert.Equal("Closed automatically after 7 days", Sentences.Of(System.Text.Json.JsonSerializer.Deserialize<EntryView>(last, Wire.Json)!));
        (await desk.A.Say(People.Customer, ticket, "Too late")).Refused(System.Net.HttpStatusCode.Conflict, "ticket_closed");

        async Task<string> Status() => (await desk.B.As(People.Customer).Get($"/api/tickets/{ticket}")).Must()["status"]!.GetValue<string>();
    }

    private static JsonNode With(object body, string name, bool value)
    {
        var node = System.Text.Json.JsonSerializer.SerializeToNode(body, Wire.Json)!;
        node[name] = value;
        return node;
    }

    private Task Escalations(Guid ticket, int times) =>
        Eventually.Get(async () => (await desk.A.History(People.Agent, ticket)).Kinds().Count(k => k == "ticket_escalated"), seen => seen == times, $"escalated {times} times");

    private async Task<string[]> Tags(Guid ticket) => [.. (await desk.B.As(People.Agent).Get($"/api/tickets/{ticket}")).Must()["tags"]!.AsArray().Select(t => t!.GetValue<string>())];
}
