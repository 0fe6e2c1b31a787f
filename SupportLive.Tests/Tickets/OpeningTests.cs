using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

/// <summary>Tickets that are opened at the same moment share a statement; nobody must notice.</summary>
[Trait("Category", "Nodes")]
public sealed class OpeningTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task Each_of_many_who_open_at_once_gets_the_own_ticket()
    {
        var customers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => People.NewCustomer(desk.A)));

        var opened = await Task.WhenAll(customers.SelectMany((customer, who) => Enumerable.Range(0, 12).Select(async n =>
        {
            var subject = $"Number {n} of {who}";
            return (Who: customer, Subject: subject, Ticket: (await Open(n, customer, subject)).Must(HttpStatusCode.Created).Body);
        })));

        Assert.Equal(opened.Length, opened.Select(o => o.Ticket["number"]!.GetValue<long>()).Distinct().Count());
        foreach (var (who, subject, ticket) in opened)
        {
            Assert.Equal(subject, ticket["subject"]!.GetValue<string>());
            Assert.Equal(who.Id, ticket["customer"]!["id"]!.GetValue<Guid>());
            var read = await desk.B.Ticket(who, ticket["id"]!.GetValue<Guid>());
            Assert.Equal((subject, ticket["number"]!.GetValue<long>()), (read["subject"]!.GetValue<string>(), read["number"]!.GetValue<long>()));
        }
    }

    [Fact]
    public async Task One_client_id_opens_one_ticket_however_many_ask_at_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var (customer, other) = (await People.NewCustomer(desk.A), await People.NewCustomer(desk.A));
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Open(n, customer, "Once", "c1")).Append(Open(0, other, "Mine", "c1")));

            Assert.Single(answers[..^1].Select(a => a.Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>()).Distinct());
            Assert.Equal("Mine", answers[^1].Must(HttpStatusCode.Created)["subject"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_repetition_with_another_subject_is_refused_and_the_others_beside_it_are_opened()
    {
        var (customer, other) = (await People.NewCustomer(desk.A), await People.NewCustomer(desk.A));
        (await Open(0, customer, "First", "c1")).Must(HttpStatusCode.Created);

        var answers = await Task.WhenAll(Open(0, customer, "Second", "c1"), Open(0, other, "Beside", "c2"));

        answers[0].Refused(HttpStatusCode.Conflict, "client_id_reused");
        answers[1].Must(HttpStatusCode.Created);
    }

    private Task<Answer> Open(int door, Person customer, string subject, string? clientId = null) =>
        desk.Either(door).As(customer).Post("/api/tickets", new { subject, description = "Please have a look.", category = "general", priority = "low", clientId });
}
