using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Mails about mentions, as a real server gets them.</summary>
[Trait("Category", "Nodes")]
public sealed class MentionMailTests(MailDesk desk) : IClassFixture<MailDesk>
{
    private TestNode Node => desk.Node;

    [Fact]
    public async Task A_mention_is_mailed_at_once_with_the_note_and_without_an_address_to_answer_to_the_customer()
    {
        var (author, ann) = (await People.New(Node, "agent", "Ava Author"), await People.New(Node, "agent", "Ann Archer"));
        var ticket = await Node.OpenTicket(desk.People.Customer, "Two <b>printers</b>");
        var number = (await Node.Ticket(ann, ticket))["number"]!.GetValue<long>();
        await Note(author, ticket, "Can you look, @ann archer?\nIt is <hot>.");

        var mail = await desk.Mail(ann, "mentioned you");
        Assert.Equal($"Ava Author mentioned you in ticket #{number}: Two <b>printers</b>", mail.Subject);
        Assert.Equal(("desk@support.test", ann.Email), (mail.From, Assert.Single(mail.To)));
        Assert.Contains("Hello Ann Archer,", mail.Text, StringComparison.Ordinal);
        Assert.Contains("  Ava Author:\n  Can you look, @ann archer?\n  It is <hot>.", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("It is &lt;hot&gt;.", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"https://desk.test/desk/{number}\"", mail.Html, StringComparison.Ordinal);
        Assert.Null(mail.Header("Reply-To"));
        Assert.DoesNotContain("above this line", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        Assert.DoesNotContain(desk.Of(author), m => m.Subject.Contains("mentioned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_answers_are_taken_a_mail_about_messages_has_an_address_for_them()
    {
        var customer = await People.NewCustomer(Node);
        await Node.OpenTicket(customer, "Mine");

        Assert.NotNull((await desk.Mail(customer, "We have your request: Mine")).Header("Reply-To"));
    }

    [Fact]
    public async Task Who_wants_no_mail_and_who_is_a_customer_get_none_and_two_in_one_note_get_one_each()
    {
        var customer = await People.NewCustomer(Node, "Cora Customer");
        var (author, bob, cleo, dan) = (await People.New(Node, "agent", "Alma"), await People.New(Node, "agent", "Bob Both"), await People.New(Node, "agent", "Cleo"), await People.New(Node, "agent", "Dan Deaf"));
        (await Node.As(dan).Put("/api/notifications/preferences/mention", new { channel = "in_app" })).Must(HttpStatusCode.NoContent);
        var ticket = await Node.AcceptedTicket(customer, cleo);
        await Note(author, ticket, "@Dan Deaf, @Bob Both and @Cleo: @Cora Customer calls. @Bob Both, hurry.");
        (await Node.Say(cleo, ticket, "@Alma is on it")).Must(HttpStatusCode.Created);

        await desk.Mail(bob, "mentioned you");
        await desk.Mail(cleo, "mentioned you");
        await desk.Settle();
        Assert.Equal((1, 1), (Count(bob), Count(cleo)));
        Assert.Equal((0, 0, 0), (Count(dan), Count(customer), Count(author)));

        int Count(Person person) => desk.Of(person).Count(m => m.Subject.Contains("mentioned you", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_note_is_not_mailed_to_who_may_not_read_it_any_more()
    {
        var (author, left) = (await People.New(Node, "agent", "Aron"), await People.New(Node, "agent", "Lea Left"));
        var ticket = await Node.OpenTicket(desk.People.Customer, "Secret");
        desk.Server.OnData = m => m.To.Contains(left.Email) ? "451 4.3.2 come back" : null;
        await Note(author, ticket, "@Lea Left knows the secret");
        await Eventually.True(async () => (await Waiting()).Any(m => m["lastAnswer"]?.GetValue<string>().Contains("come back", StringComparison.Ordinal) == true), "it was tried and waits");
        (await Node.As(desk.People.Admin).Put($"/api/users/{left.Id}/roles", new { roles = (string[])["customer"] })).Must(HttpStatusCode.NoContent);
        desk.Server.OnData = _ => null;
        desk.Clock.Advance(TimeSpan.FromMinutes(2));

        await Eventually.True(async () => (await Waiting()).Count == 0, "it does not wait any more");
        Assert.DoesNotContain(desk.Of(left), m => m.Subject.Contains("mentioned", StringComparison.Ordinal));

        async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Waiting() => [.. (await desk.Outbox("waiting")).Where(m => m["kind"]!.GetValue<string>() == "mention" && m["to"]!.GetValue<string>() == left.Email)];
    }

    private async Task Note(Person author, Guid ticket, string body) => (await Node.Say(author, ticket, body, @internal: true)).Must(HttpStatusCode.Created);
}
