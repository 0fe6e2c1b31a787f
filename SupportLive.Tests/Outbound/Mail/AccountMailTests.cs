using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Mails about accounts, and the ways in that stand in them.</summary>
[Trait("Category", "Nodes")]
public sealed class AccountMailTests(MailDesk desk) : IClassFixture<MailDesk>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_forgotten_password_is_chosen_anew_by_a_link_that_is_good_once()
    {
        var customer = await People.NewCustomer(desk.Node);
        var accounts = desk.Node.The<AccountActions>();
        await accounts.AskForPassword(customer.Email, null, Ct);
        var mail = await desk.Mail(customer, "Choose a new password");
        Assert.Null(mail.Header("List-Unsubscribe"));
        var (user, token) = Way(mail, "/account/reset-password");

        Assert.Equal("invalid", (await accounts.ResetPassword(user, token, "short", null, Ct)).Refusal!.Code);
        Assert.True((await accounts.ResetPassword(user, token, "a-quite-new-password", null, Ct)).Ok);
        Assert.Equal("reset_ended", (await accounts.ResetPassword(user, token, "another-new-password", null, Ct)).Refusal!.Code);
        Assert.True((await accounts.LogIn(customer.Email, "a-quite-new-password", Ct)).Ok);
        Assert.False((await accounts.LogIn(customer.Email, People.Password, Ct)).Ok);
        (await desk.Node.As(customer).Get("/api/me")).Must(HttpStatusCode.Unauthorized);
        await desk.Mail(customer, "was changed");
    }

    [Fact]
    public async Task Nobody_learns_whether_an_address_has_an_account()
    {
        var customer = await People.NewCustomer(desk.Node);
        var unknown = $"{Guid.NewGuid():N}@people.test";

        var (one, other) = (await Ask(customer.Email), await Ask(unknown));

        Assert.Equal(one, other);
        await desk.Mail(customer, "Choose a new password");
        Assert.DoesNotContain(desk.Server.Mails, m => m.To.Contains(unknown));
    }

    // The page without its tokens, which are others each time.
    private async Task<string> Ask(string email)
    {
        using var http = new HttpClient { BaseAddress = desk.Node.Address };
        var page = await http.GetStringAsync("/account/forgot-password", Ct);
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture).Groups["token"].Value;
        var answer = await http.PostAsync("/account/forgot-password", new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["_handler"] = "forgot", ["__RequestVerificationToken"] = token, ["Form.Email"] = email }), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("Look into your mail", text, StringComparison.Ordinal);
        return Regex.Match(text, "<main.*</main>", RegexOptions.Singleline).Value;
    }

    [Fact]
    public async Task An_invitation_comes_by_mail_and_lets_in()
    {
        var email = $"{Guid.NewGuid():N}@people.test";
        (await desk.Node.As(desk.People.Manager).Post("/api/users", new { email, displayName = "Ines Invited", roles = (string[])["agent"] })).Must(HttpStatusCode.Created);
        var mail = await desk.Mail(new Person(Guid.Empty, "Ines", email, ""), "You are invited");
        var (user, token) = Way(mail, "/account/invite");

        Assert.True((await desk.Node.The<AccountActions>().Accept(user, token, "Ines", People.Password, null, Ct)).Ok);
    }

    [Fact]
    public async Task What_lets_somebody_in_is_not_kept_where_it_was_sent()
    {
        var customer = await People.NewCustomer(desk.Node);
        await desk.Node.The<AccountActions>().AskForPassword(customer.Email, null, Ct);
        await desk.Mail(customer, "Choose a new password");
        var row = await Eventually.Get(async () => (await desk.Outbox("sent")).FirstOrDefault(m => m["to"]!.GetValue<string>() == customer.Email && m["kind"]!.GetValue<string>() == "reset"), m => m is not null, "it is sent");

        var shown = (await desk.Node.As(await People.LogIn(desk.Node, "admin@demo.test")).Get($"/api/outbox/{row!["id"]}")).Must();
        Assert.Null(shown["text"]);
        Assert.Null(shown["html"]);
    }

    [Fact]
    public async Task An_address_is_confirmed_by_its_owner_and_not_by_a_made_up_link()
    {
        var customer = await People.NewCustomer(desk.Node);
        var (user, token) = Way(await desk.Mail(customer, "Is this your address?"), "/account/confirm");

        Assert.False(await desk.Node.The<AccountActions>().Confirm(user, token + "x", Ct));
        Assert.True(await desk.Node.The<AccountActions>().Confirm(user, token, Ct));
    }

    private static (string User, string Token) Way(ReceivedMail mail, string path)
    {
        var link = new Uri(Regex.Match(mail.Text, @"https://desk\.test\S+", RegexOptions.None).Value);
        Assert.Equal(path, link.AbsolutePath);
        var query = HttpUtility.ParseQueryString(link.Query);
        return (query["user"]!, query["token"]!);
    }
}
