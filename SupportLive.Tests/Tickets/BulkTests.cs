using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

public sealed class BulkTests(OneNode desk) : IClassFixture<OneNode>
{
    [Fact]
    public async Task Each_ticket_moves_by_itself_and_says_what_became_of_it()
    {
        var (open, closed, busy) = (await desk.Node.OpenTicket(desk.People.Customer), await desk.Node.ClosedTicket(desk.People.Customer, desk.People.Agent), await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.OtherAgent));

        var rows = await Bulk(desk.People.Agent, "accept", null, $"{open}", $"{closed}", $"{busy}", $"{open}", $"{Guid.NewGuid()}");

        Assert.Equal(["ok", "ticket_closed", "ticket_already_accepted", "not_found"], rows);
        Assert.Equal("in_progress", (await desk.Node.Ticket(desk.People.Agent, open))["status"]!.GetValue<string>());
        Assert.Equal(desk.People.OtherAgent.Id, (await desk.Node.Ticket(desk.People.Agent, busy))["assignee"]!["id"]!.GetValue<Guid>());
    }

    [Fact]
    public async Task Tag_adds_untag_removes_priority_and_edit_change_and_assign_and_close_move()
    {
        var tickets = new[] { await desk.Node.OpenTicket(desk.People.Customer), await desk.Node.OpenTicket(desk.People.Customer) };
        var ids = tickets.Select(t => $"{t}").ToArray();
        var agent = await People.New(desk.Node, Roles.Agent);

        foreach (var (verb, args) in new (string, object?)[]
        {
            ("edit", new { tags = (string[])["old"] }), ("tag", new { tags = (string[])["Fire", "printer"] }), ("untag", new { tags = (string[])["old"] }),
            ("priority", new { priority = "low" }), ("edit", new { category = "billing" }), ("assign", new { agentId = agent.Id }), ("close", null),
        })
            Assert.All(await Bulk(desk.People.Manager, verb, args, ids), row => Assert.Equal("ok", row));

        foreach (var ticket in tickets)
        {
            var now = await desk.Node.Ticket(desk.People.Manager, ticket);
            Assert.Equal("closed low billing fire printer", $"{now["status"]} {now["priority"]} {now["category"]} {string.Join(' ', now["tags"]!.AsArray())}");
            Assert.Equal(agent.Id, now["assignee"]!["id"]!.GetValue<Guid>());
        }
    }

    [Fact]
    public async Task Rights_are_asked_ticket_by_ticket()
    {
        var (mine, theirs) = (await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent), await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.OtherAgent));

        Assert.Equal(["ok", "forbidden"], await Bulk(desk.People.Agent, "close", null, $"{mine}", $"{theirs}"));
    }

    private async Task<string[]> Bulk(Person who, string verb, object? args, params string[] ids) =>
        [.. (await desk.Node.As(who).Post("/api/tickets/bulk", new { ids, verb, args })).Must().Body.AsArray().Select(r => r!["ok"]!.GetValue<bool>() ? "ok" : Code(r))];

    private static string Code(JsonNode row) => row["refusal"]!["code"]!.GetValue<string>();
}
