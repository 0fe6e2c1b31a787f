using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Chat;

[Trait("Category", "Nodes")]
public sealed class ClientIdTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task One_client_id_in_parallel_over_all_doors_of_both_nodes_is_one_message_with_one_answer()
    {
        await using var onA = await desk.A.Connect(desk.People.Customer);
        await using var onB = await desk.B.Connect(desk.People.Customer);
        for (var round = 0; round < 10; round++)
        {
            var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);

            var rest = Enumerable.Range(0, 6).Select(async n => (await desk.Either(n).Say(desk.People.Customer, ticket, "Once", "c1")).Must(HttpStatusCode.Created).Body);
            var hub = new[] { onA, onB, onA, onB }.Select(async c => (await c.Say(ticket, "Once", "c1")).Must());
            var answers = await Task.WhenAll(rest.Concat(hub));

            Assert.Single(answers.Select(Place).Distinct());
            Assert.Single(answers, a => !a["duplicate"]!.GetValue<bool>());
            Assert.Single(await desk.B.Log(desk.People.Agent, ticket), e => e.Body == "Once");
        }
    }

    [Fact]
    public async Task A_client_id_used_for_another_text_is_refused_and_changes_nothing()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        (await desk.A.Say(desk.People.Customer, ticket, "One", "c1")).Must(HttpStatusCode.Created);

        (await desk.B.Say(desk.People.Customer, ticket, "Two", "c1")).Refused(HttpStatusCode.Conflict, "client_id_reused");

        await using var hub = await desk.B.Connect(desk.People.Customer);
        (await hub.Say(ticket, "Three", "c1")).Refused("client_id_reused");
        Assert.Single(await desk.A.Log(desk.People.Customer, ticket), e => e.Kind == "message");
    }

    [Fact]
    public async Task Two_people_may_choose_the_same_client_id()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);

        (await desk.A.Say(desk.People.Customer, ticket, "Mine", "c1")).Must(HttpStatusCode.Created);
        (await desk.B.Say(desk.People.Agent, ticket, "Mine too", "c1")).Must(HttpStatusCode.Created);

        Assert.Equal(["Mine", "Mine too"], (await desk.A.Log(desk.People.Customer, ticket)).Where(e => e.Kind == "message").Select(e => e.Body));
    }

    [Fact]
    public async Task A_retry_after_the_close_gets_its_first_answer()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        var first = (await desk.A.Say(desk.People.Customer, ticket, "Thanks", "c1")).Must(HttpStatusCode.Created).Body;
        (await desk.A.Move(desk.People.Agent, ticket, "close")).Must();

        var again = (await desk.B.Say(desk.People.Customer, ticket, "Thanks", "c1")).Must(HttpStatusCode.Created).Body;

        Assert.Equal(Place(first), Place(again));
        Assert.True(again["duplicate"]!.GetValue<bool>());
        (await desk.B.Say(desk.People.Customer, ticket, "More", "c2")).Refused(HttpStatusCode.Conflict, "ticket_closed");
    }

    [Fact]
    public async Task A_note_retried_as_a_message_is_refused()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        (await desk.A.Say(desk.People.Agent, ticket, "Difficult person", "c1", @internal: true)).Must(HttpStatusCode.Created);

        (await desk.A.Say(desk.People.Agent, ticket, "Difficult person", "c1")).Refused(HttpStatusCode.Conflict, "client_id_reused");
    }

    [Fact]
    public async Task A_ticket_created_twice_in_parallel_with_one_client_id_is_one_ticket()
    {
        var body = new { subject = "Only one", description = "Please", category = "general", priority = "low", clientId = Guid.NewGuid().ToString() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => desk.Either(n).As(desk.People.Customer).Post("/api/tickets", body)));

        Assert.Single(answers.Select(a => a.Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>()).Distinct());
        (await desk.A.As(desk.People.Customer).Post("/api/tickets", body with { subject = "Another one" })).Refused(HttpStatusCode.Conflict, "client_id_reused");
    }

    private static (Guid, int, DateTimeOffset) Place(JsonNode ack) => (ack["id"]!.GetValue<Guid>(), ack["seq"]!.GetValue<int>(), ack["at"]!.GetValue<DateTimeOffset>());
}
