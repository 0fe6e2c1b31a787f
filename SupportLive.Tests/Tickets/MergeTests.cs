using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

[Trait("Category", "Nodes")]
public sealed class MergeTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private Person Agent => desk.People.Agent;

    private Person Customer => desk.People.Customer;

    [Fact]
    public async Task A_merged_duplicate_is_closed_and_both_tickets_say_where_the_other_is()
    {
        var (duplicate, main) = (await desk.A.OpenTicket(Customer, "Fire again"), await desk.A.AcceptedTicket(Customer, Agent));
        (await desk.A.Say(Customer, duplicate, "Hello?")).Must(HttpStatusCode.Created);
        var number = (await desk.A.Ticket(Agent, main))["number"]!.GetValue<long>();

        var merged = (await desk.B.Move(Agent, duplicate, "merge", new { into = $"{number}" })).Must();

        Assert.Equal("closed", merged["status"]!.GetValue<string>());
        foreach (var reader in (Person[])[Customer, Agent, desk.People.Manager])
        {
            var (old, goesOn) = (await desk.A.Ticket(reader, duplicate), await desk.A.Ticket(reader, main));
            Assert.Equal($"merged_into {main} in_progress", Link(old));
            Assert.Equal($"merged_from {duplicate} closed", Link(goesOn));
            Assert.Equal([$"{Agent.Name} merged this ticket into #{number}"], (await desk.A.Sentences(reader, duplicate)).TakeLast(1));
            Assert.Equal([$"{Agent.Name} merged #{old["number"]} “Fire again” into this ticket"], (await desk.A.Sentences(reader, main)).TakeLast(1));
            Assert.Contains(await desk.B.Log(reader, duplicate), e => e.Body == "Hello?"); // readable as before
        }

        (await desk.A.As(desk.People.OtherCustomer).Get($"/api/tickets/{duplicate}")).Refused(HttpStatusCode.NotFound, "not_found");
    }

    private static string Link(System.Text.Json.Nodes.JsonNode ticket) => Assert.Single(ticket["links"]!.AsArray()) is { } l ? $"{l["kind"]} {l["id"]} {l["status"]}" : "";

    [Fact]
    public async Task A_message_to_a_merged_ticket_is_told_where_to_go_by_every_door()
    {
        var (duplicate, main) = (await desk.A.OpenTicket(Customer), await desk.A.OpenTicket(Customer));
        (await desk.A.Move(Agent, duplicate, "merge", new { into = main })).Must();
        var number = (await desk.A.Ticket(Agent, main))["number"]!.GetValue<long>();

        var byRest = (await desk.A.Say(Customer, duplicate, "Hello?")).Refused(HttpStatusCode.Conflict, "ticket_merged");
        await using var client = await desk.B.Connect(Customer);
        var byHub = await client.Say(duplicate, "Hello?");
        var move = (await desk.B.Move(Agent, duplicate, "accept")).Refused(HttpStatusCode.Conflict, "ticket_merged");

        byHub.Refused("ticket_merged");
        foreach (var refusal in (System.Text.Json.Nodes.JsonNode[])[byRest.Body, byHub.Refusal!, move.Body])
            Assert.Equal(($"{main}", number), (refusal["instead"]!["id"]!.GetValue<string>(), refusal["instead"]!["number"]!.GetValue<long>()));
        Assert.Contains($"#{number}", byRest["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watchers_of_both_tickets_hear_of_it_on_the_other_node()
    {
        var (duplicate, main) = (await desk.A.OpenTicket(Customer), await desk.A.OpenTicket(Customer));
        await using var watcher = await desk.B.Connect(Customer);
        await watcher.Join(duplicate);
        await watcher.Join(main);

        (await desk.A.Move(Agent, duplicate, "merge", new { into = main })).Must();

        Assert.Equal($"{main}", (await watcher.Hear("ticket_closed", duplicate)).Entry!["data"]!["mergedInto"]!["id"]!.GetValue<string>());
        Assert.Equal($"{duplicate}", (await watcher.Hear("ticket_updated", main)).Entry!["data"]!["merged"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Conversations_of_two_customers_never_meet()
    {
        var (one, another) = (await desk.A.OpenTicket(Customer), await desk.A.OpenTicket(desk.People.OtherCustomer));

        (await desk.A.Move(Agent, one, "merge", new { into = another })).Refused(HttpStatusCode.Conflict, "different_customers");

        Assert.Single(await desk.A.Log(Agent, one));
        Assert.Single(await desk.A.Log(Agent, another));
    }

    [Fact]
    public async Task Nothing_is_merged_into_what_has_ended_nor_by_a_customer()
    {
        var (open, closed) = (await desk.A.OpenTicket(Customer), await desk.A.ClosedTicket(Customer, Agent));

        var refusal = (await desk.A.Move(desk.People.Manager, open, "merge", new { into = closed })).Refused(HttpStatusCode.Conflict, "ticket_closed");
        Assert.Equal(Agent.Id, refusal["by"]!["id"]!.GetValue<Guid>());
        (await desk.A.Move(Customer, open, "merge", new { into = closed })).Refused(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Of_two_merges_the_other_way_round_one_wins_and_nobody_waits_for_ever()
    {
        for (var round = 0; round < 20; round++)
        {
            var (a, b) = (await desk.A.OpenTicket(Customer), await desk.A.OpenTicket(Customer));

            var answers = await Task.WhenAll(desk.A.Move(Agent, a, "merge", new { into = b }), desk.B.Move(desk.People.OtherAgent, b, "merge", new { into = a }));

            var loser = Assert.Single(answers, x => x.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "ticket_closed");
            var winner = loser == answers[0] ? desk.People.OtherAgent : Agent;
            Assert.Equal(winner.Id, loser["by"]!["id"]!.GetValue<Guid>());
            Assert.Equal(["closed", "open"], new[] { await Status(a), await Status(b) }.Order());
        }
    }

    [Fact]
    public async Task Merge_against_close_and_accept_leaves_one_legal_path()
    {
        for (var round = 0; round < 20; round++)
        {
            var (duplicate, main) = (await desk.A.OpenTicket(Customer), await desk.A.OpenTicket(Customer));

            await Task.WhenAll(desk.A.Move(Agent, duplicate, "merge", new { into = main }), desk.B.Move(Customer, duplicate, "close"), desk.A.Move(desk.People.OtherAgent, duplicate, "accept"));

            var kinds = (await desk.B.Log(Agent, duplicate)).Select(e => e.Kind).ToArray();
            Assert.Equal("ticket_closed", kinds[^1]);
            Assert.Single(kinds, "ticket_closed");
            var merged = (await desk.A.Ticket(Agent, duplicate))["links"]!.AsArray().Count;
            Assert.Equal(merged, (await desk.A.Log(Agent, main)).Count - 1); // the other one knows of it exactly when it happened
        }
    }

    private async Task<string> Status(Guid ticket) => (await desk.B.Ticket(Agent, ticket))["status"]!.GetValue<string>();
}
