using System.Net;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Nothing that somebody types becomes a header, a recipient or markup.</summary>
[Trait("Category", "Nodes")]
public sealed class InjectionTests(MailDesk desk) : IClassFixture<MailDesk>
{
    private static readonly string[] Known =
    [
        "From", "To", "Reply-To", "Date", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
    ];

    [Theory]
    [InlineData("Hello\r\nBcc: victim@people.test")]
    [InlineData("Hello\nBcc: victim@people.test\n\nBody")]
    [InlineData("Hello\rBcc: victim@people.test")]
    [InlineData("=?utf-8?Q?Hello=0D=0ABcc:_victim@people.test?=")]
    [InlineData("Hello%0d%0aBcc: victim@people.test")]
    [InlineData("Hello\u2028Bcc: victim@people.test\u0085X: y")]
    [InlineData("<img src=x onerror=alert(1)> [Click]({{link}}) {{name}}")]
    public async Task A_subject_stays_a_subject(string subject)
    {
        var customer = await People.NewCustomer(desk.Node);
        var opened = await desk.Node.As(customer).Post("/api/tickets", new { subject, description = "Hello", category = "general", priority = "low" });
        if (opened.Status == HttpStatusCode.BadRequest) return; // refused at the door is as good
        opened.Must(HttpStatusCode.Created);

        Harmless(await desk.Mail(customer, "We have your request"), customer.Email);
    }

    [Theory]
    [InlineData("Eve <victim@people.test>")]
    [InlineData("\"Eve\" <victim@people.test>, Bob")]
    [InlineData("Eve\" <victim@people.test> \"")]
    [InlineData("=?utf-8?B?RXZlDQpCY2M6IHZpY3RpbUBwZW9wbGUudGVzdA==?=")]
    [InlineData("<b>Eve</b>")]
    public async Task A_name_stays_a_name(string name)
    {
        var (customer, agent) = (await People.NewCustomer(desk.Node, name), await People.New(desk.Node, "agent", name));
        var ticket = await desk.Node.OpenTicket(customer, "Names");
        (await desk.Node.Move(agent, ticket, "accept")).Must();

        Harmless(await desk.Mail(customer, "We have your request"), customer.Email);
        Harmless(await desk.Mail(customer, "takes care of it"), customer.Email);
    }

    [Theory]
    [InlineData("\"a,victim\"")]
    [InlineData("\"a> rcpt to:<victim\"")]
    [InlineData("o'neil+tag")]
    public async Task An_address_is_one_recipient_or_none(string local)
    {
        var email = $"{local}@{Guid.NewGuid():N}.test";
        var registered = await desk.Node.Anonymous.Post("/api/auth/register", new { email, password = People.Password, displayName = "Quoted" });
        if (registered.Status == HttpStatusCode.BadRequest) return;
        await desk.Settle();

        Assert.DoesNotContain(desk.Server.Mails, m => m.To.Count > 1 || m.To.Any(to => to.StartsWith("victim", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Desk\r\nBcc: victim@people.test")]
    [InlineData("Desk\" <victim@people.test>")]
    public async Task The_name_of_the_house_is_one_too(string brand)
    {
        await using var server = new MailServer();
        var post = new SmtpPost(new MailOptions { Host = "127.0.0.1", Port = server.Port, Tls = "none", From = "desk@support.test" });
        var answer = await post.Send(new Letter(brand, "desk@support.test", "a@people.test", "S\r\nBcc: victim@people.test", "Text\r\n.\r\nMAIL FROM:<x@y>", "<p>Hi</p>", "<1@support.test>"), TestContext.Current.CancellationToken);

        Assert.Equal(PostResult.Accepted, answer.Result);
        Harmless(Assert.Single(server.Mails), "a@people.test");
    }

    /// <summary>One recipient, the headers that we write, each once, and no markup of anybody else.</summary>
    internal static void Harmless(ReceivedMail mail, string to)
    {
        Assert.Equal([to], mail.To);
        Assert.Equal("desk@support.test", mail.From);
        Assert.Equal(to, mail.Header("To"));
        Assert.All(mail.Headers, h => Assert.Contains(h.Name, Known, StringComparer.OrdinalIgnoreCase));
        Assert.Equal(mail.Headers.Count, mail.Headers.Select(h => h.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Eve", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("victim@people.test>\" <", mail.Header("From")!, StringComparison.Ordinal);
    }
}
