using System.Net;
using SupportLive.Core.Assignment;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Assignment;

[Trait("Category", "Nodes")]
public sealed class PresenceTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    private static bool Says(System.Text.Json.Nodes.JsonNode presence, Person who, string status) =>
        presence["accountId"]!.GetValue<Guid>() == who.Id && presence["status"]!.GetValue<string>() == status;

    [Fact]
    public async Task What_an_agent_chooses_is_told_to_the_staff_of_every_node_and_to_no_customer()
    {
        await using var agent = await desk.Agent("Petra Present", node: desk.A);
        await using var colleague = await desk.B.Connect(desk.People.Agent);
        await using var customer = await desk.B.Connect(desk.People.Customer);

        (await agent.Hub.Call("setPresence", "busy")).Must();
        var told = await colleague.Hear("presence", p => Says(p, agent.Person, "busy"));
        Assert.Equal((0, 12), (told.Payload["load"]!.GetValue<double>(), told.Payload["capacity"]!.GetValue<int>()));
        (await agent.Choose("available")).Must(HttpStatusCode.NoContent);
        await colleague.Hear("presence", p => Says(p, agent.Person, "available"));

        var own = await desk.Ticket();
        await customer.Hear("ticket_created", own);
        Assert.DoesNotContain(customer.Events, e => e.Name == "presence");
        (await customer.Call("setPresence", "busy")).Refused("forbidden");
        (await agent.Hub.Call("setPresence", "asleep")).Refused("invalid");
        (await agent.Hub.Call("setPresence")).Refused("invalid");
        (await agent.Choose("asleep")).Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_lost_connection_still_counts_for_a_while_and_then_it_does_not()
    {
        await using var manager = await desk.B.Connect(desk.People.Manager);
        var agent = await desk.Agent("Loni Lost", node: desk.A);
        await agent.Hub.DisposeAsync();

        Assert.Equal("available", (await desk.AgentLine(agent.Person))["presence"]!.GetValue<string>());
        await Eventually.Get(() => desk.AgentLine(agent.Person), a => a["presence"]!.GetValue<string>() == "away" && a["reason"]!.GetValue<string>() == "not_connected", "is gone");
        await Eventually.True(() => Task.FromResult(Told(manager, agent.Person) is [.., "available", "away"]), "the manager is told");

        await using var back = await desk.B.Connect(agent.Person); // by another node, with what was chosen before
        await Eventually.Get(() => desk.AgentLine(agent.Person), a => a["presence"]!.GetValue<string>() == "available", "is back");
        await agent.Choose("away");
    }

    private static IReadOnlyList<string> Told(LiveClient manager, Person agent) =>
        [.. manager.Events.Where(e => e.Name == "presence" && e.Payload["accountId"]!.GetValue<Guid>() == agent.Id).Select(e => e.Payload["status"]!.GetValue<string>())];

    [Fact]
    public async Task Load_counts_weights_and_is_told_as_it_moves()
    {
        await desk.Mode(AssignmentMode.Manual);
        await using var agent = await desk.Agent("Wendy Weight", node: desk.B);
        var (high, low) = (await desk.Ticket("urgent"), await desk.Ticket("low"));
        foreach (var ticket in (Guid[])[high, low]) (await desk.A.Move(agent.Person, ticket, "accept")).Must();

        await agent.Hub.Hear("presence", p => Says(p, agent.Person, "available") && p["load"]!.GetValue<double>() == 6 && p["conversations"]!.GetValue<int>() == 2);
        (await desk.A.Move(agent.Person, high, "resolve")).Must();
        await agent.Hub.Hear("presence", p => Says(p, agent.Person, "available") && p["load"]!.GetValue<double>() == 1);
        await Silence(low);
        Assert.Equal(0.5, (await desk.AgentLine(agent.Person))["load"]!.GetValue<double>());
    }

    // Eleven minutes in an instant.
    private async Task Silence(Guid ticket)
    {
        await using var sql = desk.A.The<Npgsql.NpgsqlDataSource>().CreateCommand($"update tickets set accepted_at = accepted_at - interval '11 minutes' where id = '{ticket}'");
        await sql.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Somebody_who_chose_to_be_away_is_assigned_to_only_on_purpose()
    {
        await desk.Mode(AssignmentMode.Manual);
        await using var agent = await desk.Agent("Abe Absent");
        (await agent.Choose("away")).Must(HttpStatusCode.NoContent);
        var ticket = await desk.Ticket();

        (await desk.A.Move(desk.People.Manager, ticket, "assign", new { agentId = agent.Person.Id })).Refused(HttpStatusCode.Conflict, "agent_absent");
        (await desk.A.Move(desk.People.Agent, ticket, "assign", new { agentId = agent.Person.Id })).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await desk.A.Move(desk.People.Manager, ticket, "assign", new { agentId = agent.Person.Id, force = true })).Must();
    }
}
