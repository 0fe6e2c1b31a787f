using System.Text.Json.Nodes;
using SupportLive.Core.Health;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Health;

/// <summary>Nodes hear of each other, and of their ends.</summary>
[Trait("Category", "Nodes")]
public sealed class NodesAliveTests(World world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Two_nodes_see_each_other_and_one_that_was_killed_is_gone()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database, "--Health:Node=here");
        var admin = (await People.Of(a)).Admin;
        await using (var b = await NodeProcess.Start(database))
        {
            var two = await Eventually.Get(() => System(a, admin), s => s["nodes"]!.AsArray().Count == 2, "the other one is heard");
            Assert.Equal("here", two["nodes"]!.AsArray()[0]!["host"]!.GetValue<string>()); // the older one first
            Assert.Equal(2, (await Eventually.Get(async () => (await b.As(admin).Get("/api/system")).Must().Body, s => s["nodes"]!.AsArray().Count == 2, "and hears this one"))["nodes"]!.AsArray().Count);
            await b.Kill();
        }

        var deadline = DateTimeOffset.UtcNow + Patience;
        while ((await System(a, admin))["nodes"]!.AsArray().Count > 1)
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, "A node that was killed still counts as alive.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Each_job_names_the_node_that_holds_its_lock()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database, "--Health:Node=first");
        await using var b = await TestNode.Start(database, "--Health:Node=second");
        var admin = (await People.Of(a)).Admin;

        var seen = await Eventually.Get(() => System(b, admin), s => Holders(s).Count >= 3 && Holders(s).All(h => h is "first" or "second"), "every job has a holder who says so");
        Assert.Subset(new HashSet<string>(seen["jobs"]!.AsArray().Select(j => j!["name"]!.GetValue<string>()), StringComparer.Ordinal), new HashSet<string>(["deadlines", "notifications", "search"], StringComparer.Ordinal));
    }

    private static List<string?> Holders(JsonNode system) => [.. system["jobs"]!.AsArray().Select(j => j!["holder"]?.GetValue<string>())];

    private static async Task<JsonNode> System(TestNode node, Person admin) => (await node.As(admin).Get("/api/system")).Must().Body;

    [Fact]
    public async Task A_wrong_clock_is_told_with_the_nodes_name()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database, "--Health:Node=right");
        await using var b = await TestNode.Start(database, "--Health:Node=wrong", "--Clock:OffsetSeconds=-90");
        var admin = (await People.Of(a)).Admin;

        var clocks = await Eventually.Get(async () => Check(await System(a, admin), "Clocks"), c => c["state"]!.GetValue<string>() == "fail", "the wrong clock is noticed");
        Assert.Contains("wrong", clocks["seen"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("behind", clocks["seen"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotNull(clocks["howToFix"]);
    }

    internal static JsonNode Check(JsonNode system, string name) => system["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == name)!;
}
