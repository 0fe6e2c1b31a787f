using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class TokenTests(OneNode desk) : IClassFixture<OneNode>
{
    private static long InSeconds(int seconds) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;

    public static TheoryData<string> Forgeries => ["", "x", "a.b.c", "other key", "no signature", "changed account", "expired", "no end", "other audience", "old stamp", "unknown account", "not yet"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_that_is_not_ours_or_not_good_any_more_opens_no_door(string kind)
    {
        var token = Forge(kind);

        (await desk.Node.As(desk.People.Customer with { Token = token }).Get("/api/me")).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal(401, await desk.Node.KnockFrom(null, null, $"?access_token={token}"));
    }

    private string Forge(string kind)
    {
        var given = desk.People.Customer.Token;
        var claims = ForgedToken.Claims(given);
        switch (kind)
        {
            case "other key": return ForgedToken.Make(claims, "another-key-that-is-long-enough-0123456789");
            case "no signature": return ForgedToken.Make(claims, algorithm: "none");
            case "changed account": return string.Join('.', given.Split('.')[0], ForgedToken.Make(With("sub", desk.People.Admin.Id.ToString())).Split('.')[1], given.Split('.')[2]);
            case "expired": return ForgedToken.Make(With("exp", InSeconds(-1)));
            case "no end": claims.Remove("exp"); return ForgedToken.Make(claims);
            case "other audience": return ForgedToken.Make(With("aud", "SomebodyElse"));
            case "old stamp": return ForgedToken.Make(With("stamp", "OLD"));
            case "unknown account": return ForgedToken.Make(With("sub", Guid.NewGuid().ToString()));
            case "not yet": return ForgedToken.Make(With("nbf", InSeconds(3600)));
            default: return kind;
        }

        Dictionary<string, object> With(string name, object value)
        {
            claims[name] = value;
            return claims;
        }
    }

    [Fact]
    public async Task The_same_claims_with_our_key_are_good_which_shows_that_the_forgeries_fail_for_their_reason() =>
        (await desk.Node.As(desk.People.Customer with { Token = ForgedToken.Make(ForgedToken.Claims(desk.People.Customer.Token)) }).Get("/api/me")).Must();

    [Fact]
    public async Task A_token_in_the_query_opens_the_hub_and_nothing_else()
    {
        (await desk.Node.Anonymous.Get($"/api/me?access_token={desk.People.Customer.Token}")).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal(101, await desk.Node.KnockFrom(null, null, $"?access_token={desk.People.Customer.Token}"));
    }

    [Fact]
    public async Task A_socket_with_the_cookie_is_for_our_own_pages_only()
    {
        var cookie = await desk.Node.CookieOf(desk.People.Customer);

        Assert.Equal(101, await desk.Node.KnockFrom(desk.Node.Address.GetLeftPart(UriPartial.Authority), cookie));
        foreach (var origin in (string[])["https://evil.test", "null", $"http://127.0.0.1.evil.test:{desk.Node.Address.Port}", "http://127.0.0.1:1"])
            Assert.Equal(403, await desk.Node.KnockFrom(origin, cookie));
        Assert.Equal(401, await desk.Node.KnockFrom(null, "supportlive=forged"));
    }

    [Fact]
    public async Task A_cookie_alone_changes_nothing_by_rest()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = desk.Node.Address };
        browser.DefaultRequestHeaders.Add("Cookie", await desk.Node.CookieOf(desk.People.Customer));
        var rest = new Rest(browser, null);
        var ticket = await desk.Node.OpenTicket(desk.People.Customer);

        (await rest.Get($"/api/tickets/{ticket}")).Must();
        (await rest.Post($"/api/tickets/{ticket}/close")).Refused(HttpStatusCode.BadRequest, "antiforgery");

        using var pass = await browser.GetAsync("/api/antiforgery", TestContext.Current.CancellationToken);
        var token = System.Text.Json.Nodes.JsonNode.Parse(await pass.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["token"]!.GetValue<string>();
        browser.DefaultRequestHeaders.Add("Cookie", string.Join("; ", pass.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        browser.DefaultRequestHeaders.Add("X-XSRF-TOKEN", token);
        (await rest.Post($"/api/tickets/{ticket}/close")).Must();
    }
}
