using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound;

[Trait("Category", "Nodes")]
public sealed class NotificationRestartTests(World world)
{
    [Fact]
    public async Task After_a_restart_nothing_is_told_twice_and_what_came_last_is_told()
    {
        var database = await world.NewDatabase();
        People people;
        Guid ticket;
        string told;
        await using (var first = await TestNode.Start(database))
        {
            people = await People.Of(first);
            ticket = await first.AcceptedTicket(people.Customer, people.Agent);
            for (var n = 0; n < 3; n++) (await first.Say(people.Agent, ticket, $"Line {n}")).Must(HttpStatusCode.Created);
            told = (await Eventually.Get(() => first.As(people.Customer).Get("/api/notifications"), a => a.Text.Contains("3 new messages", StringComparison.Ordinal), "three messages are told")).Text;
            Assert.DoesNotContain("Export to CSV", told, StringComparison.Ordinal); // the demo's past tells nobody anything
        }

        await using var second = await TestNode.Start(database);
        (await second.Say(people.Agent, ticket, "Line 3")).Must(HttpStatusCode.Created);

        var after = await Eventually.Get(() => second.As(people.Customer).Get("/api/notifications"), a => a.Text.Contains("Line 3", StringComparison.Ordinal), "the fourth message is told");
        Assert.Contains("4 new messages", after.Text, StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(told)!["items"]!.AsArray().Count, after["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task When_the_node_that_tells_goes_away_another_goes_on()
    {
        var database = await world.NewDatabase();
        var first = await TestNode.Start(database);
        await using var second = await TestNode.Start(database);
        var people = await People.Of(first);
        var ticket = await first.AcceptedTicket(people.Customer, people.Agent);
        await Eventually.True(async () => (await second.As(people.Customer).Get("/api/notifications")).Text.Contains("accepted the ticket", StringComparison.Ordinal), "the first tells");

        await first.DisposeAsync();
        (await second.Move(people.Agent, ticket, "resolve")).Must();

        await Eventually.True(async () => (await second.As(people.Customer).Get("/api/notifications")).Text.Contains("as solved", StringComparison.Ordinal), "the second tells");
        Assert.Equal(2, (await second.As(people.Customer).Get("/api/notifications"))["items"]!.AsArray().Count);
    }
}
