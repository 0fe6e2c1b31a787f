using System.Net;
using System.Text.Json.Nodes;
using Bunit;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Tickets;
using Xunit;

namespace SupportLive.Tests.Tickets;

/// <summary>Lists that people come back to: whose they are, who sees them, and what is none.</summary>
[Trait("Category", "Nodes")]
public sealed class SavedViewTests(TwoNodes desk) : IClassFixture<TwoNodes>, IAsyncLifetime
{
    private Person agent = null!;
    private Person colleague = null!;
    private Person manager = null!;

    public async ValueTask InitializeAsync() =>
        (agent, colleague, manager) = (await People.New(desk.A, Roles.Agent), await People.New(desk.A, Roles.Agent), await People.New(desk.A, Roles.Manager));

    [Fact]
    public async Task An_own_view_is_its_owners_alone_and_a_shared_one_is_everybodys_who_works_here()
    {
        var saved = await Save(agent, "Z mine", "status=open&priority=urgent,high&sort=waiting&tab=queue");
        Assert.Equal(("Z mine", "status=open&priority=urgent,high&sort=waiting&tab=queue", false, true, 1),
            (Name(saved), saved["query"]!.GetValue<string>(), saved["shared"]!.GetValue<bool>(), saved["mine"]!.GetValue<bool>(), saved["version"]!.GetValue<int>()));
        await Save(agent, "A mine", "assignee=me");
        var shared = await Save(manager, "For all", "escalated=true", shared: true);

        Assert.Equal(["For all", "A mine", "Z mine"], (await Views(agent)).Select(Name)); // shared ones first
        Assert.False((await Views(agent))[0]["mine"]!.GetValue<bool>());
        Assert.Equal(["For all"], (await Views(colleague)).Select(Name));
        Assert.True(Assert.Single(await Views(manager))["mine"]!.GetValue<bool>());

        (await Change(manager, shared, new { name = "No longer", query = "escalated=true", shared = false })).Must();
        Assert.Equal(["A mine", "Z mine"], (await Views(agent)).Select(Name));
        (await Delete(agent, saved)).Must(HttpStatusCode.NoContent);
        Assert.Equal(["A mine"], (await Views(agent)).Select(Name));
    }

    [Fact]
    public async Task Who_manages_settings_shares_and_changes_what_is_shared_and_nobody_else_does()
    {
        var own = await Save(agent, "Mine", "status=open");
        var shared = await Save(manager, "Ours", "status=open", shared: true);
        object Draft(bool share) => new { name = "Changed", query = "status=open", shared = share };

        (await desk.A.As(agent).Post("/api/views", Draft(share: true))).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await Change(agent, own, Draft(share: true))).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await Change(agent, shared, Draft(share: false))).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await Delete(agent, shared)).Refused(HttpStatusCode.Forbidden, "forbidden");
        foreach (var other in (Person[])[colleague, manager, desk.People.Admin]) // who may not know that it exists
        {
            (await Change(other, own, Draft(share: false))).Refused(HttpStatusCode.NotFound, "not_found");
            (await Delete(other, own)).Refused(HttpStatusCode.NotFound, "not_found");
        }

        (await desk.B.As(desk.People.Customer).Get("/api/views")).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await desk.B.As(desk.People.Customer).Post("/api/views", Draft(share: false))).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await Change(desk.People.Customer, shared, Draft(share: true))).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await Delete(desk.People.Customer, shared)).Refused(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(["Ours", "Mine"], (await Views(agent)).Select(Name));

        (await Change(desk.People.Admin, shared, Draft(share: true))).Must(); // whoever has made it
        (await Delete(desk.People.Manager, shared)).Must(HttpStatusCode.NoContent);
        (await Delete(desk.People.Manager, shared)).Refused(HttpStatusCode.NotFound, "not_found");
    }

    public static TheoryData<string, string?, string> Wrong => new()
    {
        { "", "status=open", "name" },
        { "  ", "status=open", "name" },
        { new string('x', 61), "status=open", "name" },
        { new string('x', 10_000), "status=open", "name" },
        { "two\nlines", "status=open", "name" },
        { "Long", "q=" + new string('x', 1000), "query" },
        { "Long", "q=" + new string('x', 10_000), "query" },
        { "Unknown filter", "colour=red", "query" },
        { "Unknown beside known", "status=open&limit=5", "query" },
        { "Unknown status", "status=asleep", "query" },
        { "Unknown priority", "priority=apocalyptic", "query" },
        { "Unknown order", "sort=sideways", "query" },
        { "Nobody", "assignee=you", "query" },
        { "An address", "?status=open", "query" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_no_view_is_refused_with_its_field_when_it_is_saved_and_when_it_is_changed(string name, string? query, string field)
    {
        var kept = await Save(agent, "Kept", "status=open");

        foreach (var answer in (Answer[])[await desk.A.As(agent).Post("/api/views", new { name, query }), await Change(agent, kept, new { name, query })])
            Assert.Equal([field], answer.Refused(HttpStatusCode.BadRequest, "invalid")["errors"]!.AsObject().Select(e => e.Key));

        Assert.Equal(kept.ToJsonString(), Assert.Single(await Views(agent)).ToJsonString());
    }

    [Fact]
    public async Task Of_two_who_edit_one_the_second_is_told_and_gets_it_as_it_stands()
    {
        var shared = await Save(manager, "First", "status=open", shared: true);
        object Draft(string name) => new { name, query = "status=resolved", shared = true, version = 1 };

        (await Change(manager, shared, Draft("Second"))).Must();
        var stale = (await Change(desk.People.Admin, shared, Draft("Third"))).Refused(HttpStatusCode.Conflict, "stale_version");

        Assert.Equal(("Second", 2), (Name(stale["current"]!), stale["current"]!["version"]!.GetValue<int>()));
        Assert.Contains("Second", (await Views(colleague)).Select(Name));
        (await Delete(manager, shared)).Must(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Of_many_who_edit_and_delete_one_at_once_each_gets_an_answer_and_nothing_breaks()
    {
        for (var round = 0; round < 5; round++)
        {
            var view = await Save(agent, "Raced", "status=open");
            var edits = Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? desk.A : desk.B).As(agent).Put($"/api/views/{view["id"]}", new { name = $"Racer {n}", query = "status=open", version = 1 })).ToArray();
            var deleted = Task.WhenAll(Delete(agent, view), Delete(agent, view));

            var answers = await Task.WhenAll(edits);
            Assert.Single(await deleted, d => d.Status == HttpStatusCode.NoContent);
            Assert.Single(await deleted, d => d.Status == HttpStatusCode.NotFound);
            Assert.True(answers.Count(a => a.Status == HttpStatusCode.OK) <= 1);
            Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.OK || a.Code is "stale_version" or "not_found", a.ToString()));
            Assert.Empty(await Views(agent));
        }
    }

    [Fact]
    public async Task An_open_desk_shows_what_others_share_and_takes_it_away_again()
    {
        await using var mine = await Circuit.Of(desk.A, agent);
        await using var theirs = await Circuit.Of(desk.A, manager);
        var (open, managers) = (mine.Render<DeskPane>(p => p.Add(d => d.Query, "")), theirs.Render<DeskPane>(p => p.Add(d => d.Query, "")));
        var shared = await Save(manager, "Shared just now", "status=resolved", shared: true);

        open.WaitForAssertion(() => Assert.Equal("/desk?status=resolved", Link(open)?.GetAttribute("href")), Eventually.Deadline);
        managers.WaitForElement("button[aria-label='Delete view Shared just now']:not([disabled])", Eventually.Deadline);
        Assert.Empty(open.FindAll("button[aria-label='Delete view Shared just now']"));
        managers.Find("button[aria-label='Delete view Shared just now']").Click();

        open.WaitForAssertion(() => Assert.Null(Link(open)), Eventually.Deadline);
        (await Delete(manager, shared)).Refused(HttpStatusCode.NotFound, "not_found");

        static AngleSharp.Dom.IElement? Link(IRenderedComponent<DeskPane> pane) => pane.FindAll(".views a").SingleOrDefault(a => a.TextContent == "Shared just now");
    }

    [Fact]
    public async Task A_desk_saves_what_it_shows_and_not_what_no_list_understands()
    {
        await using var circuit = await Circuit.Of(desk.A, agent);
        foreach (var (query, name) in new[] { ("?status=open&sort=waiting", "Waits"), ("?status=asleep", "Sleeps") })
        {
            var pane = circuit.Render<DeskPane>(p => p.Add(d => d.Query, query));
            pane.WaitForElement("#view-name:not([disabled])", Eventually.Deadline);
            await pane.Find("#view-name").InputAsync(new() { Value = name });
            pane.WaitForAssertion(() => Assert.Equal(["Save"], pane.FindAll(".views > button").Select(b => b.TextContent)), Eventually.Deadline); // sharing is for who manages settings
            await pane.Find(".views > button").ClickAsync(new());
        }

        var view = Assert.Single(await Eventually.Get(() => Views(agent), all => all.Count > 0, "the first is saved"));
        Assert.Equal(("Waits", "status=open&sort=waiting&tab=queue"), (Name(view), view["query"]!.GetValue<string>()));
    }

    private async Task<JsonNode> Save(Person who, string name, string query, bool shared = false) =>
        (await desk.A.As(who).Post("/api/views", new { name, query, shared })).Must(HttpStatusCode.Created).Body;

    private Task<Answer> Change(Person who, JsonNode view, object draft) => desk.B.As(who).Put($"/api/views/{view["id"]}", draft);

    private Task<Answer> Delete(Person who, JsonNode view) => desk.B.As(who).Send(HttpMethod.Delete, $"/api/views/{view["id"]}", null);

    private async Task<IReadOnlyList<JsonNode>> Views(Person reader) => [.. (await desk.A.As(reader).Get("/api/views")).Must().Body.AsArray().Select(v => v!)];

    private static string Name(JsonNode view) => view["name"]!.GetValue<string>();

    // What is shared is seen by the next test, too.
    public async ValueTask DisposeAsync()
    {
        foreach (var view in (await Views(desk.People.Admin)).Where(v => v["shared"]!.GetValue<bool>())) await Delete(desk.People.Admin, view);
    }
}
