using System.Text.RegularExpressions;
using SupportLive.Core.Health;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class SystemStoryTests(Screens screens) : IClassFixture<Screens>
{
    [GeneratedRegex("^supportlive-[0-9-]+[.]zip$")]
    private static partial Regex Bundle();

    [Fact]
    public async Task An_admin_sees_the_system_move_checks_the_socket_and_takes_the_bundle_along()
    {
        var admin = await screens.LogIn(screens.People.Admin);
        await admin.GotoAsync("/admin/system");
        await admin.IsAlive();
        var checks = admin.GetByRole(Microsoft.Playwright.AriaRole.List, new() { Name = "Checks" });
        await Expect(checks).ToContainTextAsync("WebSocket from this browser It opens in");
        await Expect(checks).ToContainTextAsync("This node's own signal comes back in");
        var now = admin.GetByRole(Microsoft.Playwright.AriaRole.List, new() { Name = "Now" });
        await Expect(now).ToContainTextAsync("0 wait to be written");
        await Eventually.True(() => Task.FromResult(screens.Node.The<NodeFigures>().Now().Circuits > 0), "the page itself is counted");

        await using var hub = await screens.Node.Connect(screens.People.Customer); // somebody comes while the page is open
        await Expect(admin.GetByRole(Microsoft.Playwright.AriaRole.Region, new() { Name = "Connections and traffic" })).ToContainTextAsync("Customer by WebSockets");

        var saved = await admin.RunAndWaitForDownloadAsync(() => admin.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Support bundle" }).ClickAsync());
        Assert.Matches(Bundle(), saved.SuggestedFilename);
        Assert.Null(await saved.FailureAsync());

        var manager = await screens.LogIn(screens.People.Manager);
        await Expect(manager.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "System", Exact = true })).ToHaveCountAsync(0);
        await manager.GotoAsync("/admin/system");
        await Expect(manager.GetByRole(Microsoft.Playwright.AriaRole.List, new() { Name = "Checks" })).ToHaveCountAsync(0);
    }
}
