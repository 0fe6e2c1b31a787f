using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>Editing, merging, going on in a new ticket and moving many, as people do it.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class TicketStoryTests(Screens screens) : IClassFixture<Screens>
{
    private TestNode Node => screens.Node;

    [Fact]
    public async Task An_agent_sorts_a_ticket_by_keyboard_and_the_customer_sees_what_concerns_them()
    {
        var ticket = await Node.AcceptedTicket(screens.People.Customer, screens.People.Agent);
        var number = await Number(ticket);
        var customer = await Look(screens.People.Customer, $"/tickets/{number}");
        var agent = await Look(screens.People.Agent, $"/desk/{number}");

        await agent.Button("Edit").PressAsync("Enter");
        await Expect(agent.GetByLabel("Subject")).ToBeFocusedAsync();
        await agent.GetByLabel("Subject").FillAsync("The printer melts");
        await agent.GetByLabel("Priority").SelectOptionAsync("Urgent");
        var tags = agent.GetByRole(AriaRole.Textbox, new() { Name = "Tags" });
        await Expect(tags).ToBeEnabledAsync();
        await tags.PressSequentiallyAsync("Fire,");
        await tags.PressSequentiallyAsync("hot");
        await tags.PressAsync("Enter");
        await Expect(agent.Button("Remove tag hot")).ToBeVisibleAsync(); // a tag, and not the end of the form
        await agent.GetByLabel("Subject").PressAsync("Enter");

        await Expect(agent.Button("Edit")).ToBeFocusedAsync();
        await Expect(agent.Log()).ToContainTextAsync("changed the subject to “The printer melts”, changed the priority from High to Urgent and added the tags fire and hot");
        await Expect(customer.GetByRole(AriaRole.Heading, new() { Name = "The printer melts" })).ToBeVisibleAsync();
        (await Node.Edit(screens.People.Agent, ticket, new { addTags = (string[])["secret handshake"] })).Must();
        await Expect(agent.Log()).ToContainTextAsync("secret handshake");
        await Expect(customer.Locator("body")).Not.ToContainTextAsync("secret handshake");
    }

    [Fact]
    public async Task A_duplicate_is_merged_and_both_sides_find_their_way()
    {
        var (duplicate, main) = (await Node.OpenTicket(screens.People.Customer, "Smoke again"), await Node.OpenTicket(screens.People.Customer, "Smoke"));
        var (from, into) = (await Number(duplicate), await Number(main));
        var customer = await Look(screens.People.Customer, $"/tickets/{from}");
        var agent = await Look(screens.People.Agent, $"/desk/{from}");

        await agent.Button("More").ClickAsync();
        await agent.Button("Merge…").ClickAsync();
        await agent.GetByRole(AriaRole.Dialog).GetByText("Smoke", new() { Exact = true }).ClickAsync();
        await agent.Button($"Merge into #{into}").ClickAsync();

        await agent.WaitForURLAsync($"**/desk/{into}");
        await Expect(agent.GetByRole(AriaRole.Region, new() { Name = "Ticket details" })).ToContainTextAsync("Merged from");
        await Expect(customer.GetByText("This conversation is closed")).ToBeVisibleAsync();
        await Expect(customer.Message()).ToHaveCountAsync(0);
        await customer.GetByRole(AriaRole.Note).GetByRole(AriaRole.Link).ClickAsync();
        await customer.WaitForURLAsync($"**/tickets/{into}");
        await customer.Say("I am here now");
        await Expect(agent.Log()).ToContainTextAsync("I am here now");
        await agent.GetByRole(AriaRole.Link, new() { Name = $"#{from}" }).First.ClickAsync();
        await Expect(agent.GetByText("This conversation is closed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_customer_renames_an_open_ticket_is_rejected_and_asks_again()
    {
        var ticket = await Node.OpenTicket(screens.People.OtherCustomer, "Where is it?");
        var number = await Number(ticket);
        var customer = await Look(screens.People.OtherCustomer, $"/tickets/{number}");
        await customer.Button("Edit").ClickAsync();
        await customer.GetByLabel("Subject").FillAsync("Where is my parcel?");
        await customer.Button("Save").ClickAsync();
        await Expect(customer.GetByRole(AriaRole.Heading, new() { Name = "Where is my parcel?" })).ToBeVisibleAsync();

        (await Node.Move(screens.People.Agent, ticket, "reject", new { reason = "Which one?" })).Must();
        await customer.GetByRole(AriaRole.Link, new() { Name = "Ask again" }).ClickAsync();

        await Expect(customer.GetByLabel("Subject")).ToHaveValueAsync("Where is my parcel?");
        await Expect(customer.Button("Create ticket")).ToBeEnabledAsync();
        await customer.GetByLabel("Description").FillAsync("Parcel 4711.");
        await customer.Button("Create ticket").ClickAsync();
        await customer.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/tickets/\\d+$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(customer.GetByRole(AriaRole.Region, new() { Name = "Ticket details" })).ToContainTextAsync($"#{number}");
        await Expect(customer.Log()).ToContainTextAsync("Parcel 4711.");
    }

    [Fact]
    public async Task Many_are_tagged_and_closed_at_once_and_each_says_what_became_of_it()
    {
        var tag = $"wave {Guid.NewGuid():N}"[..12];
        var tickets = new[] { await Node.OpenTicket(screens.People.Customer, "Wave one"), await Node.OpenTicket(screens.People.Customer, "Wave two") };
        var numbers = new[] { await Number(tickets[0]), await Number(tickets[1]) };
        var manager = await Look(screens.People.Manager, "/desk");
        await Tick();
        await manager.Button("Tag").ClickAsync();
        var box = manager.GetByRole(AriaRole.Textbox, new() { Name = "Tags" });
        await Expect(box).ToBeEnabledAsync();
        await box.PressSequentiallyAsync(tag);
        await box.PressAsync("Enter");
        await manager.Button("Add tags").ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Status).Filter(new() { HasText = "2 of 2 done" })).ToBeVisibleAsync();
        foreach (var ticket in tickets) Assert.Equal(tag, (await Node.Ticket(screens.People.Manager, ticket))["tags"]![0]!.GetValue<string>());
        await manager.Button("Dismiss").ClickAsync();

        await Tick();
        await manager.Button("Assign").ClickAsync();
        await Expect(manager.GetByRole(AriaRole.List, new() { Name = "Agents" })).ToContainTextAsync(screens.People.OtherAgent.Name);
        await manager.Keyboard.PressAsync("Escape"); // without a choice
        await Expect(manager.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(manager.GetByText("2 selected")).ToBeVisibleAsync();

        await manager.GetByRole(AriaRole.Region, new() { Name = "Selected tickets" }).GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).ClickAsync();
        await Expect(manager.Button("Close tickets")).ToBeVisibleAsync();
        (await Node.Move(screens.People.Agent, tickets[1], "reject", new { reason = "Spam" })).Must(); // somebody is faster with one of them
        await manager.Button("Close tickets").ClickAsync();

        var bar = manager.GetByRole(AriaRole.Region, new() { Name = "Selected tickets" });
        await Expect(bar).ToContainTextAsync($"#{numbers[0]} Done");
        await Expect(bar).ToContainTextAsync($"#{numbers[1]} {screens.People.Agent.Name} has rejected this ticket.");
        await Expect(manager.GetByRole(AriaRole.Checkbox, new() { Name = $"Select #{numbers[0]}" })).ToHaveCountAsync(0);

        async Task Tick()
        {
            foreach (var number in numbers) await manager.GetByRole(AriaRole.Checkbox, new() { Name = $"Select #{number}" }).CheckAsync();
            await Expect(manager.GetByText("2 selected")).ToBeVisibleAsync();
        }
    }

    private async Task<long> Number(Guid ticket) => (await Node.Ticket(screens.People.Manager, ticket))["number"]!.GetValue<long>();

    private async Task<IPage> Look(Person person, string path)
    {
        var page = await screens.LogIn(person);
        await page.GotoAsync(path);
        await page.IsAlive();
        return page;
    }
}
