using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Live;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>The database goes away, or is slow, and comes back.</summary>
[Trait("Category", "Nodes")]
public sealed class OutageTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outage_is_written_down_once_when_it_begins_and_once_when_it_is_over()
    {
        await using var cable = new Cable(await world.NewDatabase());
        await using var node = await TestNode.Start(cable.Database, LogBook.All);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
        await using var hub = await node.Connect(people.Agent);
        await hub.Join(ticket);
        var book = LogBook.Of(node);

        cable.Cut();
        for (var n = 0; n < 20; n++) (await node.Say(people.Customer, ticket, "Hello?", "c1")).Refused(HttpStatusCode.ServiceUnavailable, "busy");
        for (var n = 0; n < 20; n++) (await hub.Say(ticket, "Hello?", "a1")).Refused("busy");
        (await hub.Call("join", ticket)).Refused("busy");
        cable.Mend();

        await Eventually.True(async () => (await node.Say(people.Customer, ticket, "Hello?", "c1")).Status == HttpStatusCode.Created, "it works again");
        await Eventually.True(async () => (await node.Say(people.Agent, ticket, "Hello!", "a2")).Status == HttpStatusCode.Created, "for everybody");
        await Eventually.True(() => Task.FromResult(book.Lines.Any(l => l.Line.Contains("answers again", StringComparison.Ordinal))), "the end is written down");
        Assert.Equal([LogLevel.Warning, LogLevel.Information], book.Lines.Select(l => l.Level));
        Assert.DoesNotContain(book.Lines, l => l.Line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_goes_before_its_answer_is_nobodys_error()
    {
        await using var cable = new Cable(await world.NewDatabase());
        await using var node = await TestNode.Start(cable.Database, LogBook.All);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
        var book = LogBook.Of(node);

        cable.Delay = TimeSpan.FromSeconds(1);
        var calling = new List<Task>();
        for (var n = 0; n < 5; n++)
        {
            var client = await node.Connect(people.Agent);
            calling.Add(client.Call("join", ticket));
            await Eventually.True(() => Task.FromResult(node.The<HubClients>().JoinedTickets().Contains(ticket)), "the call has arrived");
            await client.DisposeAsync();
            await Eventually.True(() => Task.FromResult(node.The<HubClients>().JoinedTickets().Count == 0), "the client has gone");
        }

        cable.Delay = TimeSpan.Zero;
        foreach (var call in calling) await Assert.ThrowsAnyAsync<Exception>(() => call);
        (await node.Say(people.Customer, ticket, "Still here")).Must(HttpStatusCode.Created);
        Assert.DoesNotContain(book.Lines, l => l.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_page_without_a_database_says_so_plainly_and_comes_again_by_itself()
    {
        await using var cable = new Cable(await world.NewDatabase());
        await using var node = await TestNode.Start(cable.Database, LogBook.All);
        var people = await People.Of(node);
        using var browser = await Browser(node, people.Customer);
        using (var fine = await browser.GetAsync("/tickets", Ct)) Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
        var book = LogBook.Of(node);

        cable.Cut();
        foreach (var path in (string[])["/", "/tickets", "/tickets/1", "/error", "/not-found", "/nowhere"])
        {
            node.The<Actors>().Forget(people.Customer.Id);
            using var response = await browser.GetAsync(path, Ct);
            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.Equal((path, HttpStatusCode.ServiceUnavailable, "text/html"), (path, response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
            Assert.Contains("http-equiv=\"refresh\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        }

        node.The<Actors>().Forget(people.Agent.Id);
        (await node.As(people.Agent).Post("/hubs/support/negotiate?negotiateVersion=1")).Refused(HttpStatusCode.ServiceUnavailable, "busy");
        Assert.DoesNotContain(book.Lines, l => l.Level >= LogLevel.Error);
    }

    private static async Task<HttpClient> Browser(TestNode node, Person person)
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = node.Address };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        browser.DefaultRequestHeaders.Add("Cookie", await node.CookieOf(person));
        return browser;
    }

    [Fact]
    public async Task A_slow_database_slows_only_those_who_ask_it()
    {
        await using var cable = new Cable(await world.NewDatabase());
        await using var node = await TestNode.Start(cable.Database);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
        (await node.Anonymous.Get("/account/login")).Must(); // compiled

        cable.Delay = TimeSpan.FromSeconds(2);
        var asking = Enumerable.Range(0, 150).Select(n => n % 3 == 0 ? node.Say(people.Customer, ticket, $"{n}") : node.As(people.Agent).Get($"/api/tickets/{ticket}")).ToArray();
        var took = new List<TimeSpan>();
        for (var n = 0; n < 10; n++)
        {
            foreach (var path in (string[])["/health/live", "/account/login", "/css/base.css"])
            {
                var since = Stopwatch.GetTimestamp();
                (await node.Anonymous.Get(path)).Must();
                took.Add(Stopwatch.GetElapsedTime(since));
            }
        }

        Assert.Contains(asking, a => !a.IsCompleted); // they were still waiting
        Assert.All(took, t => Assert.True(t < cable.Delay, $"It took {t}.")); // sooner than one answer of the database
        Assert.True(took.Order().ElementAt(took.Count / 2) < TimeSpan.FromMilliseconds(500), "Most take no time at all.");
        cable.Delay = TimeSpan.Zero;
        Assert.All(await Task.WhenAll(asking), a => Assert.Contains(a.Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable]));
        (await node.Say(people.Customer, ticket, "And now?")).Must(HttpStatusCode.Created);
    }
}
