using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

[Trait("Category", "Nodes")]
public sealed class FollowUpTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private Person Customer => desk.People.Customer;

    [Fact]
    public async Task Who_was_rejected_asks_again_in_a_new_ticket_and_both_know_of_each_other()
    {
        var old = await desk.A.OpenTicket(Customer, "Where is my parcel?");
        (await desk.A.Move(desk.People.Agent, old, "reject", new { reason = "Which one?" })).Must();
        await using var agent = await desk.B.Connect(desk.People.OtherAgent);

        var fresh = (await desk.A.Move(Customer, old, "follow-up", new { description = "Parcel 4711.", priority = "low" })).Must(HttpStatusCode.Created);

        var id = fresh["id"]!.GetValue<Guid>();
        Assert.Equal(("Where is my parcel?", "Parcel 4711.", "technical", "low", "open"), (fresh["subject"]!.GetValue<string>(), fresh["description"]!.GetValue<string>(), fresh["category"]!.GetValue<string>(), fresh["priority"]!.GetValue<string>(), fresh["status"]!.GetValue<string>()));
        Assert.Equal($"follow_up_of {old} rejected", Link(fresh.Body));
        Assert.Equal($"followed_up_by {id} open", Link(await desk.B.Ticket(desk.People.Agent, old)));
        Assert.Equal($"{Customer.Name} went on in a new ticket, #{fresh["number"]}", (await desk.B.Sentences(Customer, old))[^1]);
        Assert.Equal($"{Customer.Name} opened the ticket, going on from #{(await desk.A.Ticket(Customer, old))["number"]}", (await desk.B.Sentences(Customer, id))[0]);
        await agent.Hear("ticket_created", id);
        await agent.Hear("ticket_updated", old);
    }

    private static string Link(System.Text.Json.Nodes.JsonNode ticket) => Assert.Single(ticket["links"]!.AsArray()) is { } l ? $"{l["kind"]} {l["id"]} {l["status"]}" : "";

    [Fact]
    public async Task A_retry_with_the_same_client_id_makes_one_ticket_even_at_once_on_two_nodes()
    {
        var old = await desk.A.ClosedTicket(Customer, desk.People.Agent);
        var body = new { description = "It burns again.", clientId = Guid.NewGuid().ToString() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => desk.Either(n).Move(Customer, old, "follow-up", body)));

        Assert.Single(answers.Select(a => a.Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>()).Distinct());
        Assert.Single((await desk.A.Ticket(Customer, old))["links"]!.AsArray());
        Assert.Single(await desk.A.Log(Customer, old), e => e.Kind == "ticket_updated");
        (await desk.A.Move(Customer, old, "follow-up", new { description = "Something else.", body.clientId })).Refused(HttpStatusCode.Conflict, "client_id_reused");
        var another = await desk.A.ClosedTicket(Customer, desk.People.Agent);
        (await desk.A.Move(Customer, another, "follow-up", body)).Refused(HttpStatusCode.Conflict, "client_id_reused");
    }

    [Fact]
    public async Task Nobody_else_goes_on_in_the_customers_name_and_not_before_the_end()
    {
        var (open, closed) = (await desk.A.OpenTicket(Customer), await desk.A.ClosedTicket(Customer, desk.People.Agent));

        (await desk.A.Move(Customer, open, "follow-up")).Refused(HttpStatusCode.Conflict, "move_not_allowed");
        (await desk.A.Move(desk.People.Agent, closed, "follow-up")).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await desk.A.Move(desk.People.OtherCustomer, closed, "follow-up")).Refused(HttpStatusCode.NotFound, "not_found");
        Assert.Empty((await desk.A.Ticket(Customer, closed))["links"]!.AsArray());
        Assert.Contains("follow_up", (await desk.A.Ticket(Customer, closed))["moves"]!.AsArray().Select(m => m!.GetValue<string>()));
    }
}
