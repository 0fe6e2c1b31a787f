using Microsoft.Playwright;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>The main job, in two browsers that never reload.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class StoryTests(Screens screens) : IClassFixture<Screens>
{
    [Fact]
    public async Task A_customer_asks_an_agent_accepts_answers_and_solves_and_the_customer_rates()
    {
        var agent = await screens.LogIn(screens.People.Agent);
        await agent.WaitForURLAsync("**/desk");
        await agent.GetByRole(AriaRole.Tab, new() { Name = "Queue" }).ClickAsync();
        await Expect(agent.GetByRole(AriaRole.Table, new() { Name = "Queue" })).ToBeVisibleAsync();
        var customer = await screens.LogIn(screens.People.Customer);
        await Expect(customer.GetByRole(AriaRole.Heading, new() { Name = "My tickets" })).ToBeVisibleAsync();

        var subject = $"The lift is stuck {Guid.NewGuid():N}"[..30];
        await Ask(customer, subject);

        var row = agent.GetByRole(AriaRole.Row).Filter(new() { HasText = subject });
        await row.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await agent.WaitForURLAsync("**/desk/*");
        await Expect(customer.GetByRole(AriaRole.Region, new() { Name = "Ticket details" })).ToContainTextAsync(screens.People.Agent.Name);

        await agent.Say("Which floor?");
        await Expect(customer.Log()).ToContainTextAsync("Which floor?");
        await customer.Say("Between the second and the third");
        await Expect(agent.Log()).ToContainTextAsync("Between the second and the third");
        await Choose(agent, "Note");
        await agent.Say("The old lift again");
        await Expect(agent.Log()).ToContainTextAsync("The old lift again");

        await Choose(agent, "Reply");
        await agent.Say("A colleague is on the way");
        await Expect(customer.Log()).ToContainTextAsync("A colleague is on the way");
        await Expect(customer.Locator("body")).Not.ToContainTextAsync("The old lift again");

        await agent.Button("Resolve").ClickAsync();
        await customer.Button("Reopen").ClickAsync();
        await Expect(agent.Button("Resolve")).ToBeVisibleAsync();
        await agent.Button("Resolve").ClickAsync();
        await Expect(customer.Button("Reopen")).ToBeVisibleAsync();
        await customer.Button("Close ticket").ClickAsync();
        if (await Appears(customer.GetByRole(AriaRole.Dialog))) await customer.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close ticket" }).ClickAsync();
        foreach (var page in (IPage[])[agent, customer])
        {
            await Expect(page.GetByText("This conversation is closed")).ToBeVisibleAsync();
            await Expect(page.Message()).ToHaveCountAsync(0);
        }

        await customer.GetByRole(AriaRole.Radio, new() { Name = "5", Exact = true }).CheckAsync(new() { Force = true });
        await customer.Button("Rate").ClickAsync();
        await Expect(customer.GetByText("5 of 5").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_manager_watches_whispers_and_the_customer_sees_nothing_of_it()
    {
        var node = screens.Node;
        var subject = $"Watched {Guid.NewGuid():N}"[..24];
        var ticket = await Nodes.Stories.OpenTicket(node, screens.People.Customer, subject);
        (await Nodes.Stories.Move(node, screens.People.Agent, ticket, "accept")).Must();
        var manager = await screens.LogIn(screens.People.Manager);
        await Expect(manager.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await manager.GetByRole(AriaRole.Table, new() { Name = "Conversations" }).GetByRole(AriaRole.Link, new() { Name = subject }).ClickAsync();
        var customer = await screens.LogIn(screens.People.Customer);
        await customer.GetByRole(AriaRole.Link).Filter(new() { HasText = subject }).First.ClickAsync();

        await customer.Say("Is anybody listening?");
        await Expect(manager.Log()).ToContainTextAsync("Is anybody listening?");
        await Expect(manager.Message()).ToHaveCountAsync(0);
        await manager.Button("Whisper").ClickAsync();
        await manager.Say("Offer a discount");
        await Expect(manager.Log()).ToContainTextAsync("Offer a discount");
        await manager.Button("Take over").ClickAsync();

        await Expect(customer.GetByRole(AriaRole.Region, new() { Name = "Ticket details" })).ToContainTextAsync(screens.People.Manager.Name);
        await Expect(customer.Locator("body")).Not.ToContainTextAsync("Offer a discount");
    }

    [Fact]
    public async Task A_rejected_customer_is_told_why_and_a_notification_counts()
    {
        var subject = $"Rejected {Guid.NewGuid():N}"[..24];
        var customer = await screens.LogIn(screens.People.OtherCustomer);
        await Ask(customer, subject);
        var agent = await screens.LogIn(screens.People.Agent);
        await agent.GetByRole(AriaRole.Tab, new() { Name = "Queue" }).ClickAsync();
        await agent.GetByRole(AriaRole.Row).Filter(new() { HasText = subject }).GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();
        await agent.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync("We do not repair lifts");
        await agent.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync();

        await Expect(customer.GetByText("We do not repair lifts").First).ToBeVisibleAsync();
        await Expect(customer.Message()).ToHaveCountAsync(0);
        await customer.Button("Notifications").ClickAsync();
        await Expect(customer.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" })).ToContainTextAsync("rejected the ticket");
    }

    [Fact]
    public async Task A_button_stays_the_same_button_when_others_come_so_that_a_late_click_does_what_it_says()
    {
        var ticket = await Nodes.Stories.AcceptedTicket(screens.Node, screens.People.Customer, screens.People.Agent);
        var number = (await screens.Node.As(screens.People.Customer).Get($"/api/tickets/{ticket}"))["number"]!.GetValue<long>();
        var customer = await screens.LogIn(screens.People.Customer);
        await customer.GotoAsync($"/tickets/{number}");
        await customer.IsAlive();
        await Expect(customer.Button("Close ticket")).ToBeEnabledAsync();
        await customer.Button("Close ticket").EvaluateAsync("button => window.aimedAt = button");

        (await Nodes.Stories.Move(screens.Node, screens.People.Agent, ticket, "resolve")).Must();

        await Expect(customer.Button("Reopen")).ToBeVisibleAsync();
        Assert.Equal("Close ticket", (await customer.EvaluateAsync<string>("() => window.aimedAt.innerText")).Trim());
    }

    private static async Task Choose(IPage page, string tab)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = tab, Selected = true })).ToBeVisibleAsync();
    }

    private static async Task Ask(IPage customer, string subject)
    {
        await customer.GotoAsync("/tickets/new");
        await Expect(customer.Button("Create ticket")).ToBeEnabledAsync();
        await customer.GetByLabel("Subject").FillAsync(subject);
        await customer.GetByLabel("Urgency").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await customer.GetByLabel("Description").FillAsync("With four people inside.");
        await customer.Button("Create ticket").ClickAsync();
        await customer.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/tickets/\\d+$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    private static async Task<bool> Appears(ILocator locator)
    {
        try
        {
            await locator.WaitForAsync(new() { Timeout = 1_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
