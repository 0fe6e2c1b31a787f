using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class LogInTests(OneNode desk) : IClassFixture<OneNode>
{
    private Rest Nobody => desk.Node.Anonymous;

    [Fact]
    public async Task Whoever_registers_is_a_customer_whatever_else_they_ask_for()
    {
        var email = $"{Guid.NewGuid():N}@people.test";
        var registered = (await Nobody.Post("/api/auth/register", new { email, password = People.Password, displayName = " Ann ", role = "admin", roles = new[] { "admin" } })).Must(HttpStatusCode.Created);
        Assert.Equal((email, "Ann"), (registered["email"]!.GetValue<string>(), registered["displayName"]!.GetValue<string>()));

        var me = (await desk.Node.As(await People.LogIn(desk.Node, email)).Get("/api/me")).Must();

        Assert.Equal(["customer"], me["roles"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Empty(me["permissions"]!.AsArray());
    }

    [Theory]
    [InlineData("", "Demo-Passw0rd!", "Ann", "email")]
    [InlineData("ann", "Demo-Passw0rd!", "Ann", "email")]
    [InlineData("ann@x y.test", "Demo-Passw0rd!", "Ann", "email")]
    [InlineData("Ann <ann@people.test>", "Demo-Passw0rd!", "Ann", "email")]
    [InlineData("customer@demo.test", "Demo-Passw0rd!", "Ann", "email")]
    [InlineData("CUSTOMER@demo.test", "Demo-Passw0rd!", "Ann", "email")]
    [InlineData("ann@people.test", "short", "Ann", "password")]
    [InlineData("ann@people.test", "", "Ann", "password")]
    [InlineData("ann@people.test", "Demo-Passw0rd!", "  ", "displayName")]
    [InlineData("ann@people.test", "Demo-Passw0rd!", "two\nlines", "displayName")]
    [InlineData("ann\0@people.test", "Demo-Passw0rd!", "Ann", "email")]
    public async Task What_is_wrong_with_a_registration_is_said_by_field(string email, string password, string displayName, string field) =>
        Assert.NotEmpty((await Nobody.Post("/api/auth/register", new { email, password, displayName })).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]!.AsArray());

    [Fact]
    public async Task Two_registrations_of_one_address_at_once_make_one_account()
    {
        var body = new { email = $"{Guid.NewGuid():N}@people.test", password = People.Password, displayName = "Twin" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Nobody.Post("/api/auth/register", body)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.Refused(HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Wrong_password_unknown_address_and_nonsense_get_one_and_the_same_refusal()
    {
        var person = await People.NewCustomer(desk.Node);
        var wrong = (await Nobody.Post("/api/auth/login", new { email = person.Email, password = "wrong-password" })).Refused(HttpStatusCode.Unauthorized, "login_failed");
        foreach (var body in new object[] { new { email = "nobody@people.test", password = "x" }, new { email = "", password = "" }, new { }, new { email = "\0", password = "x" }, new { email = person.Email, password = new string('x', 300) } })
            Assert.Equal(wrong.Text, (await Nobody.Post("/api/auth/login", body)).Refused(HttpStatusCode.Unauthorized, "login_failed").Text);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_even_for_the_right_one()
    {
        var person = await People.NewCustomer(desk.Node);
        (await Nobody.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Must();
        for (var n = 0; n < 5; n++) (await Nobody.Post("/api/auth/login", new { email = person.Email, password = "wrong-password" })).Refused(HttpStatusCode.Unauthorized, "login_failed");

        (await Nobody.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Refused(HttpStatusCode.Unauthorized, "login_failed");
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_its_second_use_ends_the_family()
    {
        var person = await People.NewCustomer(desk.Node);
        var first = (await Nobody.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Must();
        Assert.Equal(("Bearer", 900), (first["tokenType"]!.GetValue<string>(), first["expiresIn"]!.GetValue<int>()));
        var second = (await Refresh(first)).Must();
        (await desk.Node.As(person with { Token = second["accessToken"]!.GetValue<string>() }).Get("/api/me")).Must();

        (await Refresh(first)).Refused(HttpStatusCode.Unauthorized, "refresh_token_invalid");
        (await Refresh(second)).Refused(HttpStatusCode.Unauthorized, "refresh_token_invalid");

        var another = (await Nobody.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Must();
        (await Refresh(another)).Must(); // another family lives on
    }

    [Fact]
    public async Task One_refresh_token_used_twice_at_once_does_not_make_two_families()
    {
        var person = await People.NewCustomer(desk.Node);
        var first = (await Nobody.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Must();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Refresh(first)));

        Assert.True(answers.Count(a => a.Status == HttpStatusCode.OK) <= 1);
        Assert.All(answers.Where(a => a.Status == HttpStatusCode.OK), a => Refresh(a).Result.Refused(HttpStatusCode.Unauthorized, "refresh_token_invalid"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logging_out_ends_the_family(bool byAccessToken)
    {
        var person = await People.NewCustomer(desk.Node);
        var tokens = (await Nobody.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Must();
        var caller = byAccessToken ? desk.Node.As(person with { Token = tokens["accessToken"]!.GetValue<string>() }) : Nobody;

        (await caller.Post("/api/auth/logout", byAccessToken ? null : new { refreshToken = tokens["refreshToken"]!.GetValue<string>() })).Must(HttpStatusCode.NoContent);

        (await Refresh(tokens)).Refused(HttpStatusCode.Unauthorized, "refresh_token_invalid");
    }

    private Task<Answer> Refresh(Answer tokens) => Nobody.Post("/api/auth/refresh", new { refreshToken = tokens["refreshToken"]!.GetValue<string>() });
}
