using System.Net;
using System.Web;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

[Trait("Category", "Nodes")]
public sealed class InviteTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Rest Manager => desk.A.As(desk.People.Manager);

    private async Task<(Guid Id, string Email, Uri Link)> Invite(params string[] roles)
    {
        var email = $"{Guid.NewGuid():N}@invited.test";
        var made = (await Manager.Post("/api/users", new { email, roles })).Must(HttpStatusCode.Created);
        Assert.True(made["user"]!["invited"]!.GetValue<bool>());
        return (made["user"]!["id"]!.GetValue<Guid>(), email, new Uri(made["invite"]!["link"]!.GetValue<string>()));
    }

    private Task<Outcome<Access>> Accept(Uri link, string name = "Ines Invited", string password = "a-good-password")
    {
        var query = HttpUtility.ParseQueryString(link.Query);
        return desk.B.The<AccountActions>().Accept(query["user"], query["token"], name, password, "192.0.2.7", Ct);
    }

    [Fact]
    public async Task Who_is_invited_chooses_name_and_password_on_any_node_and_has_the_roles()
    {
        var (id, email, link) = await Invite(Roles.Agent);
        (await desk.A.Anonymous.Post("/api/auth/login", new { email, password = "" })).Refused(HttpStatusCode.Unauthorized, "login_failed");
        Assert.Contains(email, (await desk.B.Anonymous.Get(link.PathAndQuery)).Must().Text, StringComparison.Ordinal);

        var access = (await Accept(link)).Must();

        Assert.Equal((id, "Ines Invited", Roles.Agent), (access.Actor.Id, access.Actor.DisplayName, access.Actor.Role));
        (await desk.A.Anonymous.Post("/api/auth/login", new { email, password = "a-good-password" })).Must();
        Assert.False((await Manager.Get($"/api/users/{id}")).Must()["invited"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_link_is_good_once_even_for_two_at_the_same_moment()
    {
        var (_, _, link) = await Invite(Roles.Agent);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Accept(link, $"Number {n}")));

        Assert.Single(answers, a => a.Ok);
        Assert.All(answers.Where(a => !a.Ok), a => Assert.Equal("invite_ended", a.Refusal!.Code));
        Assert.DoesNotContain("password", (await desk.A.Anonymous.Get(link.PathAndQuery)).Must().Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_new_link_ends_the_old_one_and_who_has_joined_needs_none()
    {
        var (id, _, old) = await Invite(Roles.Agent);
        var link = new Uri((await Manager.Post($"/api/users/{id}/invite")).Must()["link"]!.GetValue<string>());

        Assert.Equal("invite_ended", (await Accept(old)).Refusal?.Code);
        (await Accept(link)).Must();

        (await Manager.Post($"/api/users/{id}/invite")).Refused(HttpStatusCode.Conflict, "already_joined");
    }

    [Fact]
    public async Task A_disabled_account_a_foreign_token_and_nonsense_open_nothing()
    {
        var (id, _, link) = await Invite(Roles.Agent);
        var (other, _, _) = await Invite(Roles.Agent);
        var token = HttpUtility.ParseQueryString(link.Query)["token"];
        var accounts = desk.B.The<AccountActions>();

        Assert.Equal("invite_ended", (await accounts.Accept(other.ToString(), token, "X", "a-good-password", null, Ct)).Refusal?.Code);
        foreach (var wrong in (string?[])[null, "", "x", token + "x", new string('x', 10_000)]) Assert.Equal("invite_ended", (await accounts.Accept(id.ToString(), wrong, "X", "a-good-password", null, Ct)).Refusal?.Code);
        (await Manager.Post($"/api/users/{id}/disable")).Must(HttpStatusCode.NoContent);
        Assert.Equal("invite_ended", (await Accept(link)).Refusal?.Code);
    }

    [Theory]
    [InlineData("", "a-good-password", "displayName")]
    [InlineData("Two\nlines", "a-good-password", "displayName")]
    [InlineData("Ines", "short", "password")]
    [InlineData("Ines", "", "password")]
    public async Task What_is_wrong_is_said_by_field_and_the_link_stays_good(string name, string password, string field)
    {
        var (_, _, link) = await Invite(Roles.Agent);

        Assert.Contains(field, (await Accept(link, name, password)).Refusal!.Fields!.Keys);

        (await Accept(link)).Must();
    }

    [Fact]
    public async Task Invitations_are_made_by_who_manages_people_and_within_what_they_may_themselves()
    {
        (await desk.A.As(desk.People.Agent).Post("/api/users", new { email = "x@invited.test", roles = (string[])["customer"] })).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await Manager.Post("/api/users", new { email = "x@invited.test", roles = (string[])["admin"] })).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await Manager.Post("/api/users", new { email = "x@invited.test", roles = Array.Empty<string>() })).Refused(HttpStatusCode.BadRequest, "invalid");
        (await Manager.Post("/api/users", new { email = "not an address", roles = (string[])["agent"] })).Refused(HttpStatusCode.BadRequest, "invalid");
        (await Manager.Post("/api/users", new { email = "agent@demo.test", roles = (string[])["agent"] })).Refused(HttpStatusCode.BadRequest, "invalid");
    }
}
