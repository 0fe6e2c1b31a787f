using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>The overview, as a manager uses it.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class WallStoryTests(Screens screens) : IClassFixture<Screens>
{
    [Fact]
    public async Task A_ticket_is_dropped_on_an_agent_a_chat_opens_over_the_list_and_a_figure_shows_what_is_behind_it()
    {
        var (node, people) = (screens.Node, screens.People);
        var manager = await screens.LogIn(people.Manager);
        await manager.GotoAsync("/admin");
        await manager.IsAlive();
        var ticket = await node.OpenTicket(people.Customer, "Fell from the sky");
        var row = manager.GetByRole(AriaRole.Row).Filter(new() { HasText = "Fell from the sky" });
        await Expect(row).ToContainTextAsync("Open");

        await row.GetByRole(AriaRole.Link).DragToAsync(manager.GetByRole(AriaRole.Region, new() { Name = "Agents" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = people.Agent.Name }));
        await Expect(row).ToContainTextAsync(people.Agent.Name);
        await Expect(row).ToContainTextAsync("In progress");
        Assert.Equal(people.Agent.Id, (await node.Ticket(people.Agent, ticket))["assignee"]!["id"]!.GetValue<Guid>());

        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("^Chat") }).ClickAsync();
        var chat = manager.GetByRole(AriaRole.Dialog);
        await Expect(chat.GetByRole(AriaRole.Log)).ToContainTextAsync("It burns with a low flame.");
        await node.Say(people.Agent, ticket, "I am on my way");
        await Expect(chat.GetByRole(AriaRole.Log)).ToContainTextAsync("I am on my way");
        await manager.Keyboard.PressAsync("Escape");
        await Expect(chat).ToHaveCountAsync(0);

        await manager.GetByRole(AriaRole.Link, new() { NameRegex = new("^Waiting now") }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await manager.GetByRole(AriaRole.Link, new() { NameRegex = new("^Active chats") }).ClickAsync();
        await Expect(row).ToHaveCountAsync(1);

        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("^Close") }).ClickAsync();
        await manager.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync("It was a star");
        await manager.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close ticket" }).ClickAsync();
        await Eventually.True(async () => (await node.Sentences(people.Customer, ticket)).Any(s => s.EndsWith("closed the ticket: It was a star", StringComparison.Ordinal)), "the reason is read");
    }
}
