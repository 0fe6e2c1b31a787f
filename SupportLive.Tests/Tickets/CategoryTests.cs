using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

[Trait("Category", "Nodes")]
public sealed class CategoryTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private Rest Manager => desk.A.As(desk.People.Manager);

    private static string Name(string name) => $"{name} {Guid.NewGuid():N}"[..24];

    private async Task<JsonNode> Add(string name) => (await Manager.Post("/api/categories", new { name })).Must(HttpStatusCode.Created).Body;

    private Task<Answer> Open(string category) => desk.B.As(desk.People.Customer).Post("/api/tickets", new { subject = "About this", description = "…", category, priority = "low" });

    private async Task<IReadOnlyList<JsonNode>> Offered(bool all = false) => [.. (await desk.B.As(desk.People.Customer).Get($"/api/categories?all={(all ? "true" : "false")}")).Must().Body.AsArray().Select(c => c!)];

    private async Task Becomes(Func<IReadOnlyList<JsonNode>, bool> so, string what) => await Eventually.True(async () => so(await Offered()), what);

    [Fact]
    public async Task A_new_one_can_be_chosen_and_a_retired_one_stays_on_its_tickets_only()
    {
        var key = (await Add(Name("Wishes")))["key"]!.GetValue<string>();
        await Becomes(all => all.Any(c => c["key"]!.GetValue<string>() == key), "the other node offers it");
        var old = (await Open(key)).Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>();

        (await Manager.Put($"/api/categories/{key}", new { retired = true })).Must();

        await Becomes(all => all.All(c => c["key"]!.GetValue<string>() != key), "the other node offers it no more");
        Assert.NotNull((await Open(key)).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]!["category"]);
        Assert.Equal(key, (await desk.B.Ticket(desk.People.Customer, old))["category"]!.GetValue<string>());
        Assert.Contains(await Offered(all: true), c => c["key"]!.GetValue<string>() == key && c["retired"]!.GetValue<bool>());
        (await desk.B.Edit(desk.People.Agent, old, new { subject = "Another subject" })).Must();
        var other = await desk.A.OpenTicket(desk.People.Customer);
        (await desk.B.Edit(desk.People.Agent, other, new { category = key })).Refused(HttpStatusCode.BadRequest, "invalid");

        (await Manager.Put($"/api/categories/{key}", new { retired = false })).Must();
        await Becomes(all => all.Any(c => c["key"]!.GetValue<string>() == key), "it is back");
    }

    [Fact]
    public async Task Names_and_places_change_and_keys_do_not()
    {
        var one = await Add(Name("Umläute & more"));
        var key = one["key"]!.GetValue<string>();
        Assert.Matches("^[a-z0-9-]+$", key);

        var moved = (await Manager.Put($"/api/categories/{key}", new { name = Name("Renamed"), position = 1, key = "stolen" })).Must();

        Assert.Equal((key, 1), (moved["key"]!.GetValue<string>(), moved["position"]!.GetValue<int>()));
        await Becomes(all => all[0]["key"]!.GetValue<string>() == key, "it comes first");
        (await Manager.Put($"/api/categories/{key}", new { position = 100, retired = true })).Must();
    }

    [Fact]
    public async Task A_stale_change_says_who_was_faster_and_what_stands_now()
    {
        var one = await Add(Name("Stale"));
        var (key, version) = (one["key"]!.GetValue<string>(), one["version"]!.GetValue<int>());
        var renamed = Name("First");
        (await desk.B.As(desk.People.Admin).Put($"/api/categories/{key}", new { name = renamed, version })).Must();

        var stale = (await Manager.Put($"/api/categories/{key}", new { name = Name("Second"), version })).Refused(HttpStatusCode.Conflict, "stale_version");

        Assert.Equal((desk.People.Admin.Name, renamed), (stale["by"]!["displayName"]!.GetValue<string>(), stale["current"]!["name"]!.GetValue<string>()));
        (await Manager.Put($"/api/categories/{key}", new { retired = true })).Must();
    }

    [Theory]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"two\nlines"}""", "name")]
    [InlineData("""{"name":"Billing"}""", "name")]
    [InlineData("""{"name":"Fresh","key":"billing"}""", "key")]
    [InlineData("""{"name":"Fresh","key":"With Space"}""", "key")]
    public async Task A_category_that_makes_no_sense_is_refused_with_its_field(string body, string field) =>
        Assert.NotNull((await Manager.PostText("/api/categories", body)).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]);

    [Fact]
    public async Task The_last_one_that_is_offered_stays_and_agents_change_none()
    {
        Assert.NotNull((await Manager.Post("/api/categories", new { name = new string('x', 10_000) })).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]!["name"]);
        (await desk.A.As(desk.People.Agent).Post("/api/categories", new { name = "Mine" })).Refused(HttpStatusCode.Forbidden, "forbidden");
        await using var node = await TestNode.Start(await desk.World.NewDatabase());
        var manager = node.As(await People.LogIn(node, "manager@demo.test"));
        foreach (var key in (string[])["general", "billing", "technical"]) (await manager.Put($"/api/categories/{key}", new { retired = true })).Must();

        (await manager.Put("/api/categories/account", new { retired = true })).Refused(HttpStatusCode.Conflict, "last_category");
    }
}
