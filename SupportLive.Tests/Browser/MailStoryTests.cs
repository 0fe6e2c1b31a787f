using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>Mails on the screen, on a desk without a mail server.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed partial class MailStoryTests(Screens screens) : IClassFixture<Screens>
{
    [GeneratedRegex("https?://[^/ ]+(?<path>/account/[^ \r\n]+)")]
    private static partial Regex Link();

    [Fact]
    public async Task A_manager_sees_mails_come_reads_one_and_who_is_asked_not_to_is_left_alone()
    {
        var manager = await screens.LogIn(screens.People.Manager);
        await manager.GotoAsync("/admin/outbox");
        await manager.IsAlive();
        await Expect(manager.GetByRole(AriaRole.Note)).ToContainTextAsync("No mail server is set");

        var person = await People.NewCustomer(screens.Node, "Mia Mail");
        var ticket = await screens.Node.OpenTicket(person, "The mail story");
        var line = manager.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("We have your request: The mail story") }).First;
        await Expect(line).ToBeVisibleAsync(); // without a reload
        await line.ClickAsync();
        await Expect(manager.FrameLocator("iframe").GetByText("your request “The mail story” has arrived")).ToBeVisibleAsync();

        var customer = await screens.LogIn(person);
        await customer.GotoAsync("/account/notifications");
        await customer.IsAlive();
        await customer.GetByLabel("Solved, closed, reopened").SelectOptionAsync("Not at all");
        await Expect(customer.GetByText("“Solved, closed, reopened” is saved.")).ToBeVisibleAsync();
        await customer.ReloadAsync();
        await Expect(customer.GetByLabel("Solved, closed, reopened")).ToHaveValueAsync("None");

        (await screens.Node.Move(screens.People.Agent, ticket, "accept")).Must();
        (await screens.Node.Move(screens.People.Agent, ticket, "resolve")).Must();
        await Expect(manager.GetByText("takes care of it: The mail story")).ToBeVisibleAsync();
        var other = await screens.Node.OpenTicket(person, "Afterwards");
        await Expect(manager.GetByText("We have your request: Afterwards")).ToBeVisibleAsync();
        await Expect(manager.GetByText("Solved: The mail story")).ToHaveCountAsync(0);
        Assert.NotEqual(ticket, other);
    }

    [Fact]
    public async Task Who_forgot_the_password_chooses_a_new_one_by_the_mail_once()
    {
        var person = await People.NewCustomer(screens.Node, "Fay Forgot");
        var page = await screens.Open();
        await page.GotoAsync("/account/login");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("[Ff]orgot") }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync(person.Email);
        await page.Button("Send the link").ClickAsync();
        await Expect(page.GetByText("Look into your mail")).ToBeVisibleAsync();

        var path = await LinkOf("reset", person);
        await page.GotoAsync(path);
        await page.GetByLabel("New password").FillAsync("short");
        await page.Button("Save and log in").ClickAsync();
        await Expect(page.GetByText("at least 10 characters").First).ToBeVisibleAsync();
        await page.GetByLabel("New password").FillAsync("Another-Passw0rd");
        await page.Button("Save and log in").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));

        await page.GotoAsync(path);
        await Expect(page.GetByText("This link has ended")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await screens.Node.Anonymous.Post("/api/auth/login", new { email = person.Email, password = People.Password })).Status);
    }

    [Fact]
    public async Task A_link_in_a_mail_ends_such_mails_and_says_which()
    {
        var person = await People.NewCustomer(screens.Node, "Uma Unsubscribes");
        await screens.Node.OpenTicket(person, "Too many mails");
        var page = await screens.Open();
        await page.GotoAsync(await LinkOf("received", person, "unsubscribe"));
        await page.Button("No more of these").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("“We have your request” is not sent to you by e-mail any more.");

        await page.GotoAsync("/account/unsubscribe?token=made-up");
        await page.Button("No more of these").ClickAsync();
        await Expect(page.GetByText("This link is not ours")).ToBeVisibleAsync();
    }

    // As administrators find it where no mail server is set; the last link of this kind in the text.
    private async Task<string> LinkOf(string kind, Person person, string containing = "")
    {
        var admin = screens.Node.As(screens.People.Admin);
        var mail = await Eventually.Get(
            async () => (await admin.Get("/api/outbox")).Must()["items"]!.AsArray().FirstOrDefault(m => m!["to"]!.GetValue<string>() == person.Email && m["kind"]!.GetValue<string>() == kind && m["status"]!.GetValue<string>() == "kept"),
            m => m is not null, $"the mail {kind} is kept");
        var text = (await admin.Get($"/api/outbox/{mail!["id"]}")).Must()["text"]!.GetValue<string>();
        return Link().Matches(text).Select(m => m.Groups["path"].Value).First(p => p.Contains(containing, StringComparison.Ordinal));
    }
}
