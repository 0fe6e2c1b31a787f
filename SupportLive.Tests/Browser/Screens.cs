using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Browser;

/// <summary>Chromium, and a desk of its own to look at.</summary>
public sealed class Screens(World world) : IAsyncLifetime
{
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public TestNode Node { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await TestNode.Start(await world.NewDatabase());
        People = await People.Of(Node);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" }.FirstOrDefault(File.Exists),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser of somebody who has not logged in.</summary>
    public async Task<IPage> Open()
    {
        var context = await browser.NewContextAsync(new() { BaseURL = Node.Address.ToString(), ViewportSize = new() { Width = 1280, Height = 800 } });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public async Task<IPage> LogIn(Person person)
    {
        var page = await Open();
        await page.GotoAsync("/account/login");
        await page.GetByLabel("Email").FillAsync(person.Email);
        await page.GetByLabel("Password").FillAsync(People.Password);
        await page.Button("Log in").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
        await page.IsAlive();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Node.DisposeAsync();
    }
}

internal static class Elements
{
    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Until the page is more than a picture: what is clicked before goes nowhere.</summary>
    public static Task IsAlive(this IPage page) => Expect(page.Button("Notifications")).ToBeEnabledAsync();

    public static ILocator Log(this IPage page) => page.GetByRole(AriaRole.Log);

    public static ILocator Message(this IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    public static async Task Say(this IPage page, string text)
    {
        await page.Message().FillAsync(text);
        await page.Button("Send").ClickAsync();
    }

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
