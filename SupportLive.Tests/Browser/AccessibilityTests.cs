using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>No page has a serious accessibility problem, in light and in dark.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class AccessibilityTests(Screens screens) : IClassFixture<Screens>
{
    private const string ColoursHaveSettled =
        """
        async () => {
            await new Promise(requestAnimationFrame);
            await new Promise(requestAnimationFrame);
            await Promise.allSettled(document.getAnimations().filter(a => a.effect?.getComputedTiming().iterations !== Infinity).map(a => a.finished));
        }
        """;

    // An experimental rule that takes the initials in a picture for a label.
    private static readonly AxeRunOptions Options = new() { Rules = new Dictionary<string, RuleOptions>(StringComparer.Ordinal) { ["label-content-name-mismatch"] = new() { Enabled = false } } };

    [Theory]
    [InlineData("nobody", "/account/login")]
    [InlineData("nobody", "/account/register")]
    [InlineData("nobody", "/account/forgot-password")]
    [InlineData("customer", "/tickets")]
    [InlineData("customer", "/tickets/new")]
    [InlineData("customer", "/tickets/1006")]
    [InlineData("customer", "/tickets/1001")]
    [InlineData("customer", "/tickets/999")]
    [InlineData("agent", "/desk")]
    [InlineData("agent", "/desk/1006")]
    [InlineData("agent", "/desk/1009")]
    [InlineData("manager", "/admin")]
    [InlineData("manager", "/admin/escalation")]
    [InlineData("manager", "/admin/1006")]
    [InlineData("manager", "/admin/settings")]
    [InlineData("admin", "/admin/users")]
    [InlineData("admin", "/admin/roles")]
    [InlineData("admin", "/admin/audit")]
    [InlineData("nobody", "/account/invite")]
    [InlineData("admin", "/admin/system")]
    [InlineData("admin", "/admin/outbox")]
    [InlineData("manager", "/reports")]
    [InlineData("customer", "/account/notifications")]
    public async Task A_page_has_no_serious_problem(string who, string path)
    {
        var page = who switch
        {
            "customer" => await screens.LogIn(screens.People.Customer),
            "agent" => await screens.LogIn(screens.People.Agent),
            "manager" => await screens.LogIn(screens.People.Manager),
            "admin" => await screens.LogIn(screens.People.Admin),
            _ => await screens.Open(),
        };
        await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        var problems = new List<string>();
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.EvaluateAsync(ColoursHaveSettled);
            problems.AddRange((await page.RunAxe(Options)).Violations.Where(v => v.Impact is "serious" or "critical")
                .Select(v => $"{scheme}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
        }

        await page.Context.CloseAsync();
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task Pages_of_others_are_closed_to_customers_and_agents()
    {
        var customer = await screens.LogIn(screens.People.Customer);
        foreach (var path in (string[])["/desk", "/admin", "/admin/1006", "/desk/1006", "/admin/users", "/admin/roles", "/admin/audit", "/admin/settings"])
        {
            await customer.GotoAsync(path);
            await Expect(customer.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
            await Expect(customer.Log()).ToHaveCountAsync(0);
        }

        await customer.GotoAsync("/tickets/1007");
        await Expect(customer.Locator("body")).Not.ToContainTextAsync("bank transfer");
        var agent = await screens.LogIn(screens.People.Agent);
        await agent.GotoAsync("/admin");
        await Expect(agent.GetByRole(AriaRole.Table, new() { Name = "Conversations" })).ToHaveCountAsync(0);
    }
}
