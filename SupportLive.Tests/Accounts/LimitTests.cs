using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Accounts;

public sealed class LimitTests(World world)
{
    [Fact]
    public async Task Too_much_is_refused_with_a_time_to_wait_and_others_go_on()
    {
        await using var node = await TestNode.Start(await world.NewDatabase(), "--Limits:Enabled=true", "--Limits:AuthPerMinute=40", "--Limits:CallsPerMinute=30", "--Limits:MessagesPerSecond=2");
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);

        var calls = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => node.As(people.Customer).Get("/api/me")));
        Assert.Contains(calls, c => c.Status == HttpStatusCode.OK);
        Assert.All(calls.Where(c => c.Status != HttpStatusCode.OK), TooMany);
        Assert.Contains(calls, c => c.Status == HttpStatusCode.TooManyRequests);
        (await node.As(people.Manager).Get("/api/me")).Must();

        var logins = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => node.Anonymous.Post("/api/auth/login", new { email = "", password = "" })));
        Assert.Contains(logins, c => c.Status == HttpStatusCode.Unauthorized);
        Assert.All(logins.Where(c => c.Status != HttpStatusCode.Unauthorized), TooMany);
        Assert.Contains(logins, c => c.Status == HttpStatusCode.TooManyRequests);

        await using var hub = await node.Connect(people.Agent);
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => hub.Say(ticket, $"Line {n}")));
        Assert.Contains(replies, r => r.Code is null);
        Assert.Contains(replies, r => r.Code == "rate_limited");
        Assert.All(replies, r => Assert.True(r.Code is null or "rate_limited"));
    }

    private static void TooMany(Answer answer)
    {
        answer.Refused(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_limit_that_is_set_counts_at_once_on_every_node_and_ends_with_its_setting()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database, "--Limits:Enabled=true");
        await using var b = await TestNode.Start(database, "--Limits:Enabled=true");
        var people = await People.Of(a);
        async Task<int> Refused() => (await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => b.As(people.Customer).Get("/api/me")))).Count(c => c.Status == HttpStatusCode.TooManyRequests);
        Assert.Equal(0, await Refused());

        var set = (await a.As(people.Manager).Put("/api/settings/limits", new { callsPerMinute = 60 })).Must();

        await Eventually.True(async () => await Refused() > 0, "the other node keeps the new limit");
        (await a.As(people.Admin).Put("/api/settings/limits", new { callsPerMinute = 70, version = 0 })).Refused(HttpStatusCode.Conflict, "stale_version");
        (await a.As(people.Admin).Put("/api/settings/limits", new { callsPerMinute = 59 })).Refused(HttpStatusCode.BadRequest, "invalid");
        (await a.As(people.Manager).Put("/api/settings/limits", new { version = set["version"]!.GetValue<int>() })).Must();
        await Eventually.True(async () => await Refused() == 0, "the default counts again");
    }
}
