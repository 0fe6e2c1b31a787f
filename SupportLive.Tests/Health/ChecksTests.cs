using System.Text.Json.Nodes;
using SupportLive.Core.Health;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Health;

/// <summary>Checks are quiet while all is well, and say what to do when it is not.</summary>
[Trait("Category", "Nodes")]
public sealed class ChecksTests(World world)
{
    [Fact]
    public async Task On_a_sound_node_every_check_is_fine_and_says_what_it_saw()
    {
        await using var node = await TestNode.Start(await world.NewDatabase(), "--Health:DiskFreeMegabytes=1");
        var admin = (await People.Of(node)).Admin;
        _ = await node.CookieOf(admin); // makes the first key for cookies

        // Other tests share the machine, so how fast things are is not judged here.
        var system = await Eventually.Get(() => System(node, admin), s => Checks(s).All(c => State(c) == "ok" || Name(c) is "Database" or "Followers" or "Database connections" or "LISTEN and NOTIFY" && State(c) != "fail"), "all is well");
        Assert.Superset(new HashSet<string>(["Database", "Database settings", "Letters", "Migrations", "Data-protection keys", "LISTEN and NOTIFY", "Clocks", "Followers", "Jobs", "Disk"], StringComparer.Ordinal), Checks(system).Select(Name).ToHashSet(StringComparer.Ordinal));
        Assert.All(Checks(system), c => Assert.EndsWith(".", c["seen"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(Checks(system), c => Assert.Equal(State(c) != "ok", c["howToFix"] is not null));
        Assert.Empty(system["database"]!["shape"]!["migrations"]!["pending"]!.AsArray());
    }

    [Fact]
    public async Task A_disk_with_less_room_than_the_option_says_is_told()
    {
        await using var node = await TestNode.Start(await world.NewDatabase(), "--Health:DiskFreeMegabytes=1000000000000");
        var admin = (await People.Of(node)).Admin;

        var disk = NodesAliveTests.Check(await System(node, admin), "Disk");
        Assert.Equal("fail", State(disk));
        Assert.Contains("GB are free", disk["seen"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Make room", disk["howToFix"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_own_signal_coming_back_a_node_says_that_it_does_not_hear()
    {
        await using var cable = new Cable(await world.NewDatabase());
        await using var node = await TestNode.Start(cable.Database);
        var queries = node.The<SystemQueries>();
        var admin = await People.ActorOf(node, "admin@demo.test");
        var fine = await Eventually.Get(() => Read("LISTEN and NOTIFY"), c => c.State == VerdictState.Ok, "it hears itself");
        Assert.Null(fine.HowToFix);

        cable.Cut();
        var deadline = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(40);
        while ((await Read("LISTEN and NOTIFY")).State != VerdictState.Fail)
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, "It still believes to hear.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Contains("pooler", (await Read("LISTEN and NOTIFY")).HowToFix, StringComparison.Ordinal);
        Assert.Equal(VerdictState.Fail, (await Read("Database")).State);
        cable.Mend();
        await Eventually.Get(() => Read("LISTEN and NOTIFY"), c => c.State == VerdictState.Ok, "it hears again");

        async Task<Verdict> Read(string check) => (await queries.Read(admin, TestContext.Current.CancellationToken)).Must().Checks.Single(c => c.Name == check);
    }

    [Fact]
    public async Task Where_statements_are_not_counted_it_says_how_to_switch_that_on()
    {
        var database = await world.NewDatabase();
        await using var node = await TestNode.Start(database);
        var admin = (await People.Of(node)).Admin;
        var shape = (await System(node, admin))["database"]!["shape"]!;
        Assert.Null(shape["statements"]);
        Assert.Contains("shared_preload_libraries", shape["statementsHint"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(shape["tables"]!.AsArray(), t => t!["name"]!.GetValue<string>() == "timeline");
        Assert.Contains(shape["settings"]!.AsArray(), s => s!["name"]!.GetValue<string>() == "fsync" && s["value"]!.GetValue<string>() == "on");

        await using var source = Npgsql.NpgsqlDataSource.Create(database); // the extension alone does not count yet
        await using var create = source.CreateCommand("create extension pg_stat_statements");
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Eventually.True(async () => (await System(node, admin))["database"]!["shape"]!["statementsHint"]!.GetValue<string>().Contains("not started with it", StringComparison.Ordinal), "the missing half is told");
    }

    [Fact]
    public async Task Nobody_but_who_may_read_the_system_gets_a_figure()
    {
        await using var node = await TestNode.Start(await world.NewDatabase());
        foreach (var email in (string[])["customer@demo.test", "agent@demo.test", "manager@demo.test"])
        {
            Assert.Equal("forbidden", (await node.The<SystemQueries>().Read(await People.ActorOf(node, email), TestContext.Current.CancellationToken)).Refusal!.Code);
        }
    }

    private static List<JsonNode> Checks(JsonNode system) => [.. system["checks"]!.AsArray().Select(c => c!)];

    private static string State(JsonNode check) => check["state"]!.GetValue<string>();

    private static string Name(JsonNode check) => check["name"]!.GetValue<string>();

    private static async Task<JsonNode> System(TestNode node, Person admin) => (await node.As(admin).Get("/api/system")).Must().Body;
}
