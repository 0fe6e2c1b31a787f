using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Who has chosen to be told, is told; who has not, is not.</summary>
[Trait("Category", "Nodes")]
public sealed class PreferenceTests(MailDesk desk) : IClassFixture<MailDesk>
{
    [Theory]
    [InlineData("both", true, true)]
    [InlineData("mail", true, false)]
    [InlineData("in_app", false, true)]
    [InlineData("none", false, false)]
    public async Task Everybody_is_told_as_chosen(string channel, bool byMail, bool here)
    {
        var customer = await People.NewCustomer(desk.Node);
        (await desk.Node.As(customer).Put("/api/notifications/preferences/accepted", new { channel })).Must(HttpStatusCode.NoContent);
        var ticket = await desk.Node.OpenTicket(customer, "Chosen");
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        (await desk.Node.Move(desk.People.Agent, ticket, "resolve")).Must();
        await desk.Mail(customer, "Solved: Chosen"); // made behind the other one
        await Eventually.True(async () => !(await desk.Outbox("waiting")).Any(m => m["to"]!.GetValue<string>() == customer.Email), "nothing is on its way");
        await Eventually.True(async () => (await Told(customer)).Contains("ticket_resolved"), "it is told here too");

        Assert.Equal(byMail, desk.Of(customer).Any(m => m.Subject.Contains("takes care of it", StringComparison.Ordinal)));
        Assert.Equal(here, (await Told(customer)).Contains("ticket_accepted"));
    }

    private async Task<string[]> Told(Person person) => [.. (await desk.Node.As(person).Get("/api/notifications")).Must()["items"]!.AsArray().Select(n => n!["type"]!.GetValue<string>())];

    [Fact]
    public async Task One_click_ends_such_mails_and_no_others()
    {
        var (customer, other) = (await People.NewCustomer(desk.Node), await People.NewCustomer(desk.Node));
        await desk.Node.OpenTicket(customer, "One");
        var mail = await desk.Mail(customer, "We have your request: One");
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        var link = new Uri(mail.Header("List-Unsubscribe")!.Trim('<', '>'));
        Assert.Equal("https://desk.test", link.GetLeftPart(UriPartial.Authority));

        (await desk.Node.Anonymous.PostText(link.PathAndQuery, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")).Must();
        (await desk.Node.Anonymous.PostText(link.PathAndQuery + "x", "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")).Refused(HttpStatusCode.NotFound, "unsubscribe_unknown");

        var ticket = await desk.Node.OpenTicket(customer, "Two");
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        await desk.Mail(customer, "takes care of it: Two");
        Assert.DoesNotContain(desk.Of(customer), m => m.Subject.Contains("We have your request: Two", StringComparison.Ordinal));
        await desk.Node.OpenTicket(other, "Of another one");
        await desk.Mail(other, "We have your request: Of another one");
    }
}
