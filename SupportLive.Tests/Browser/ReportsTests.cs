using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>A manager looks at figures, opens the tickets behind them, and takes them home.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class ReportsTests(Screens screens) : IClassFixture<Screens>
{
    [Fact]
    public async Task A_manager_chooses_a_period_opens_what_was_counted_and_exports_it()
    {
        for (var n = 0; n < 3; n++) await screens.Node.OpenTicket(screens.People.Customer, $"Door {n} squeaks");
        var manager = await screens.LogIn(screens.People.Manager);
        await manager.GetByRole(AriaRole.Link, new() { Name = "Reports", Exact = true }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Reports", Exact = true })).ToBeVisibleAsync();
        await manager.WaitForURLAsync(url => url.Contains("timeZone=", StringComparison.Ordinal)); // the browser's

        await manager.GetByLabel("Period", new() { Exact = true }).SelectOptionAsync("today");
        await manager.WaitForURLAsync(url => url.Contains("from=", StringComparison.Ordinal));
        await Expect(manager.GetByText("Compared with the day before")).ToBeVisibleAsync();
        await manager.GetByLabel("Category", new() { Exact = true }).SelectOptionAsync("technical");
        await manager.WaitForURLAsync(url => url.Contains("category=technical", StringComparison.Ordinal));
        await manager.GetByRole(AriaRole.Link, new() { NameRegex = new("^Opened: ") }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Link, new() { Name = "Door 2 squeaks" })).ToBeVisibleAsync();

        var csv = await manager.RunAndWaitForDownloadAsync(() => manager.Button("Export CSV").ClickAsync());
        Assert.Contains("Door 1 squeaks", await File.ReadAllTextAsync(await csv.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Expect(manager.GetByText("The CSV is in your downloads.")).ToBeVisibleAsync();
        await manager.GoBackAsync();
        await Expect(manager.GetByText("Compared with the day before")).ToBeVisibleAsync();
        var pdf = await manager.RunAndWaitForDownloadAsync(() => manager.Button("Export PDF").ClickAsync());
        Assert.EndsWith(".pdf", pdf.SuggestedFilename, StringComparison.Ordinal);

        await manager.GetByLabel("Time zone", new() { Exact = true }).FillAsync("Nowhere");
        await manager.Keyboard.PressAsync("Tab");
        await Expect(manager.GetByText("Choose a time zone by its name").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_agent_is_not_shown_reports()
    {
        var agent = await screens.LogIn(screens.People.Agent);

        await Expect(agent.GetByRole(AriaRole.Link, new() { Name = "Desk", Exact = true })).ToBeVisibleAsync();
        await Expect(agent.GetByRole(AriaRole.Link, new() { Name = "Reports", Exact = true })).ToHaveCountAsync(0);
    }
}
