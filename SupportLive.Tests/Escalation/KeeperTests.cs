using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Escalation.RuleStories;

namespace SupportLive.Tests.Escalation;

[Trait("Category", "Nodes")]
public sealed class KeeperTests(World world)
{
    [Fact]
    public async Task When_the_keeper_goes_another_node_keeps_the_same_deadlines()
    {
        var database = await world.NewDatabase();
        var first = await TestNode.Start(database);
        await using var second = await TestNode.Start(database);
        var people = await People.Of(first);
        await first.AddRule(people.Manager, Body("No answer", "first_response", 0.05, "billing", new { action = "escalate" }));
        var ticket = await first.Ask(people.Customer, "billing");

        await first.DisposeAsync();
        var late = await second.Ask(people.Customer, "billing");

        foreach (var waiting in (Guid[])[ticket, late])
            await Eventually.True(async () => (await second.History(people.Agent, waiting)).Kinds().Contains("ticket_escalated"), "the other node fires");
        foreach (var waiting in (Guid[])[ticket, late]) Assert.Single((await second.History(people.Agent, waiting)).Kinds(), "ticket_escalated");
    }

    [Fact]
    public async Task What_falls_due_while_nobody_runs_fires_once_at_the_next_start()
    {
        var database = await world.NewDatabase();
        People people;
        Guid ticket;
        await using (var first = await TestNode.Start(database))
        {
            people = await People.Of(first);
            await first.AddRule(people.Manager, Body("No answer", "first_response", 0.02, "billing", new { action = "escalate" }));
            ticket = await first.Ask(people.Customer, "billing");
        }

        for (var start = 0; start < 2; start++)
        {
            await using var next = await TestNode.Start(database);
            await Eventually.True(async () => (await next.History(people.Agent, ticket)).Kinds().Contains("ticket_escalated"), "what is overdue fires");
            var other = await next.Ask(people.Customer, "billing"); // when this one has fired, the first would have again
            await Eventually.True(async () => (await next.History(people.Agent, other)).Kinds().Contains("ticket_escalated"), "the next one fires too");
            Assert.Single((await next.History(people.Agent, ticket)).Kinds(), "ticket_escalated");
        }
    }
}
