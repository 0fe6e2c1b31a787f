using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Core.Assignment;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Assignment;

[Trait("Category", "Nodes")]
public sealed class SteeringTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    [Fact]
    public async Task The_queue_drains_by_priority_then_age_the_moment_there_is_room_and_never_beyond()
    {
        await desk.Mode(AssignmentMode.Manual);
        var (old, young, urgent, low) = (await desk.Ticket(), await desk.Ticket(), await desk.Ticket("urgent"), await desk.Ticket("low"));
        await using var agent = await desk.Agent("Carl Careful", capacity: 7);
        await desk.Mode(AssignmentMode.Direct);

        await desk.Assigned(urgent, agent);
        await desk.Assigned(old, agent); // 5 + 2
        Assert.Equal(7, (await desk.AgentLine(agent.Person))["load"]!.GetValue<double>());
        Assert.Equal("open", (await desk.See(young))["status"]!.GetValue<string>());
        (await desk.B.Move(agent.Person, old, "resolve")).Must();
        await desk.Assigned(young, agent);
        Assert.Equal("open", (await desk.See(low))["status"]!.GetValue<string>());
        (await desk.B.Move(agent.Person, urgent, "close")).Must();
        await desk.Assigned(low, agent);

        var entry = (await desk.History(low)).Single(e => e["kind"]!.GetValue<string>() == "ticket_assigned");
        Assert.Null(entry["author"]);
        Assert.Contains("Load 2 of 7", entry["data"]!["why"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_takes_the_category_gets_it_and_capacity_zero_gets_nothing()
    {
        await desk.Mode(AssignmentMode.Direct);
        await using var billing = await desk.Agent("Bill", 12, null, "billing");
        await using var nothing = await desk.Agent("Nil", 0);
        var (bill, bug) = (await desk.Ticket(category: "billing"), await desk.Ticket());

        await desk.Assigned(bill, billing);
        var who = (await desk.A.As(desk.People.Manager).Get($"/api/tickets/{bug}/who")).Must().Body.AsArray();
        Assert.Equal("Does not take this category", Line(who, billing)["reason"]!.GetValue<string>());
        Assert.Equal("Has no capacity", Line(who, nothing)["reason"]!.GetValue<string>());
        Assert.Equal("open", (await desk.See(bug))["status"]!.GetValue<string>());
        (await desk.A.As(desk.People.Manager).Put($"/api/users/{nothing.Person.Id}/agent", new { capacity = 2, categories = (string[])["technical"] })).Must();
        await desk.Assigned(bug, nothing);
        (await desk.B.Move(nothing.Person, bug, "release")).Must(); // does not come straight back
        Assert.Equal("Has passed this ticket on", Line((await desk.A.As(desk.People.Manager).Get($"/api/tickets/{bug}/who")).Must().Body.AsArray(), nothing)["reason"]!.GetValue<string>());
    }

    private static JsonNode Line(JsonArray who, AgentAtWork agent) => who.Single(w => w!["agentId"]!.GetValue<Guid>() == agent.Person.Id)!;

    [Fact]
    public async Task Who_would_get_it_is_who_gets_it()
    {
        await desk.Mode(AssignmentMode.Manual);
        await using var one = await desk.Agent("Wanda");
        await using var two = await desk.Agent("Walt");
        var ticket = await desk.Ticket();
        var first = (await desk.B.As(desk.People.Manager).Get($"/api/tickets/{ticket}/who")).Must().Body[0]!;
        Assert.True(first["able"]!.GetValue<bool>());

        await desk.Mode(AssignmentMode.Direct);

        await desk.Assigned(ticket, first["agentId"]!.GetValue<Guid>() == one.Person.Id ? one : two);
        (await desk.A.As(one.Person).Get($"/api/tickets/{ticket}/who")).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await desk.A.As(desk.People.OtherCustomer).Get($"/api/tickets/{ticket}/who")).Refused(HttpStatusCode.NotFound, "not_found");
        (await desk.A.As(desk.People.Customer).Get($"/api/tickets/{ticket}/why-me")).Refused(HttpStatusCode.NotFound, "not_found");
        Assert.NotNull((await desk.A.As(two.Person).Get($"/api/tickets/{ticket}/why-me")).Must()["reason"]);
    }

    [Theory]
    [InlineData("""{"mode":"roulette"}""", "mode")]
    [InlineData("""{"offerSeconds":4}""", "offerSeconds")]
    [InlineData("""{"offerSeconds":601}""", "offerSeconds")]
    [InlineData("""{"defaultCapacity":-1}""", "defaultCapacity")]
    [InlineData("""{"defaultCapacity":1001}""", "defaultCapacity")]
    [InlineData("""{"weights":{"low":-1}}""", "weights.low")]
    [InlineData("""{"weights":{"urgent":1e9}}""", "weights.urgent")]
    public async Task A_setting_that_makes_no_sense_is_refused_with_its_field(string body, string field)
    {
        var answer = (await desk.A.As(desk.People.Manager).PutText("/api/settings/assignment", body)).Refused(HttpStatusCode.BadRequest, "invalid");

        Assert.NotNull(answer["errors"]![field]);
    }

    [Theory]
    [InlineData("""{"capacity":-1}""", "capacity")]
    [InlineData("""{"capacity":100000}""", "capacity")]
    [InlineData("""{"capacity":5,"categories":["gardening"]}""", "categories")]
    [InlineData("""{"capacity":5,"categories":[null]}""", "categories")]
    public async Task An_agent_who_makes_no_sense_is_refused_with_the_field(string body, string field)
    {
        var answer = (await desk.A.As(desk.People.Manager).PutText($"/api/users/{desk.People.Agent.Id}/agent", body)).Refused(HttpStatusCode.BadRequest, "invalid");

        Assert.NotNull(answer["errors"]![field]);
    }

    [Fact]
    public async Task What_a_change_leaves_out_stays_and_a_stale_one_is_refused()
    {
        var manager = desk.A.As(desk.People.Manager);
        var before = (await manager.Put("/api/settings/assignment", new { offerSeconds = 45, weights = new { high = 4 } })).Must();
        Assert.Equal((45, 4, 5), (before["offerSeconds"]!.GetValue<int>(), before["weights"]!["high"]!.GetValue<double>(), before["weights"]!["urgent"]!.GetValue<double>()));

        var version = before["version"]!.GetValue<int>();
        (await manager.Put("/api/settings/assignment", new { defaultCapacity = 9, version })).Must();
        (await desk.B.As(desk.People.Admin).Put("/api/settings/assignment", new { defaultCapacity = 10, version })).Refused(HttpStatusCode.Conflict, "stale_version");
        (await manager.Put($"/api/users/{desk.People.Customer.Id}/agent", new { capacity = 3 })).Refused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_customer_sees_the_own_place_and_no_range_before_there_are_waits_to_tell_it_from()
    {
        await desk.Mode(AssignmentMode.Manual);
        await desk.Clear();
        var (first, second) = (await desk.Ticket(), await desk.Ticket("urgent"));

        Task<Answer> Place(Guid ticket) => desk.B.As(desk.People.Customer).Get($"/api/queue/position?ticketId={ticket}");
        await Eventually.Get(async () => (await Place(first)).Must()["position"]?.GetValue<int>(), place => place == 2, "the urgent one is before it");
        (await desk.A.Move(desk.People.Agent, second, "accept")).Must();
        await Eventually.Get(async () => (await Place(first)).Must()["position"]?.GetValue<int>(), place => place == 1, "it moves up");
        await Eventually.Get(async () => (await Place(second)).Must()["position"]?.GetValue<int>(), place => place is null, "it waits no more");
        (await desk.A.As(desk.People.OtherCustomer).Get($"/api/queue/position?ticketId={first}")).Refused(HttpStatusCode.NotFound, "not_found");
        (await desk.A.As(desk.People.Customer).Get("/api/queue/position")).Refused(HttpStatusCode.NotFound, "not_found");
        await desk.Clear();
    }
}
