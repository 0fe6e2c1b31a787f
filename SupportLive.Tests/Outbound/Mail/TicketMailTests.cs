using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Mails of tickets, as a real server gets them.</summary>
[Trait("Category", "Nodes")]
public sealed class TicketMailTests(MailDesk desk) : IClassFixture<MailDesk>
{
    [Fact]
    public async Task A_ticket_is_one_conversation_from_receipt_to_closing()
    {
        var customer = await People.NewCustomer(desk.Node, "Nora Näher");
        var ticket = await desk.Node.OpenTicket(customer, "Größe passt nicht");
        var number = (await desk.Node.Ticket(customer, ticket))["number"]!.GetValue<long>();
        var received = await desk.Mail(customer, "We have your request");
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        var accepted = await desk.Mail(customer, "takes care of it");
        (await desk.Node.Move(desk.People.Agent, ticket, "resolve")).Must();
        var resolved = await desk.Mail(customer, "Solved");
        (await desk.Node.Move(desk.People.Agent, ticket, "close")).Must();
        var closed = await desk.Mail(customer, "Closed");

        Assert.Equal("desk@support.test", received.From);
        Assert.Equal([customer.Email], received.To);
        Assert.Equal($"[#{number}] We have your request: Größe passt nicht", received.Subject);
        Assert.Equal("auto-generated", received.Header("Auto-Submitted"));
        Assert.Contains("multipart/alternative", received.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("Hello Nora Näher,", received.Text, StringComparison.Ordinal);
        Assert.Contains($"https://desk.test/tickets/{number}", received.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"https://desk.test/tickets/{number}\"", received.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", received.Html, StringComparison.Ordinal);
        Assert.Null(received.Header("References"));
        foreach (var later in (ReceivedMail[])[accepted, resolved, closed])
        {
            Assert.Equal(received.Header("Message-ID"), later.Header("In-Reply-To"));
            Assert.Equal(received.Header("Message-ID"), later.Header("References"));
        }

        Assert.Equal(4, desk.Of(customer).Select(m => m.Header("Message-ID")).Distinct().Count(id => id!.Contains("support.test", StringComparison.Ordinal)) - 1); // and the one about the account
        Assert.Contains(desk.People.Agent.Name, accepted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_says_why_and_how_to_ask_again()
    {
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.OpenTicket(customer);
        (await desk.Node.Move(desk.People.Agent, ticket, "reject", new { reason = "We do not repair dragons." })).Must();

        var mail = await desk.Mail(customer, "cannot help");
        Assert.Contains("We do not repair dragons.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Ask again", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_given_a_ticket_is_told_and_who_takes_one_is_not()
    {
        var (customer, agent) = (await People.NewCustomer(desk.Node), await People.New(desk.Node, "agent", "Ada Agent"));
        var given = await desk.Node.OpenTicket(customer, "Given");
        (await desk.Node.Move(desk.People.Manager, given, "assign", new { agentId = agent.Id, force = true })).Must();
        var taken = await desk.Node.OpenTicket(customer, "Taken");
        (await desk.Node.Move(agent, taken, "accept")).Must();

        await desk.Mail(agent, "Yours now: Given");
        Assert.Contains("Ada Agent", (await desk.Mail(customer, "Ada Agent takes care of it: Given")).Text, StringComparison.Ordinal);
        await desk.Mail(customer, "takes care of it: Taken");
        Assert.DoesNotContain(desk.Of(agent), m => m.Subject.Contains("Taken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_does_is_not_mailed_to_the_same_person()
    {
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.OpenTicket(customer, "My own");
        (await desk.Node.Move(customer, ticket, "close")).Must();
        await desk.Mail(customer, "We have your request: My own");
        await desk.Settle();

        Assert.DoesNotContain(desk.Of(customer), m => m.Subject.Contains("Closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_writes_to_whom_it_says()
    {
        var customer = await People.NewCustomer(desk.Node);
        (await desk.Node.As(desk.People.Manager).Post("/api/escalation-rules", new
        {
            name = "Late",
            enabled = true,
            when = new { waitingFor = "first_response", category = (string[])["billing"] },
            afterMinutes = 0.02,
            hours = "always",
            then = (object[])[new { action = "email", value = "managers" }, new { action = "email", value = "boss@company.test" }, new { action = "email", value = "customer" }],
        })).Must(HttpStatusCode.Created);
        (await desk.Node.As(customer).Post("/api/tickets", new { subject = "Nobody answers", description = "Hello?", category = "billing", priority = "low" })).Must(HttpStatusCode.Created);

        var mail = await desk.Mail(desk.People.Manager, "Needs attention: Nobody answers");
        Assert.Contains("Late", mail.Text, StringComparison.Ordinal);
        await Eventually.True(() => Task.FromResult(desk.Server.Mails.Any(OfTheBoss)), "the address of the rule gets one");
        Assert.Null(desk.Server.Mails.Single(OfTheBoss).Header("List-Unsubscribe"));
        var sorry = await desk.Mail(customer, "We have not forgotten it: Nobody answers");
        Assert.DoesNotContain("Late", sorry.Raw + sorry.Text + sorry.Html, StringComparison.Ordinal); // what rules are called is nobody's business outside
        Assert.DoesNotContain(desk.Of(desk.People.Agent), m => m.Subject.Contains("Nobody answers", StringComparison.Ordinal));

        static bool OfTheBoss(ReceivedMail mail) => mail.To.Contains("boss@company.test") && mail.Subject.Contains("Nobody answers", StringComparison.Ordinal);
    }
}
