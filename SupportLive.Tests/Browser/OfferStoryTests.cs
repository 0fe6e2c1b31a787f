using System.Net;
using Microsoft.Playwright;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>Three agents and a manager, in four browsers that never reload.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class OfferStoryTests(Screens screens) : IClassFixture<Screens>
{
    [Fact]
    public async Task An_offer_goes_from_who_declines_to_the_next_screen_and_the_manager_sees_who_has_what()
    {
        var node = screens.Node;
        var manager = await screens.LogIn(screens.People.Manager);
        await manager.GotoAsync("/admin/settings");
        await manager.IsAlive();
        await manager.GetByRole(AriaRole.Radio, new() { Name = "Offer" }).CheckAsync();
        await manager.Button("Save assignment").ClickAsync();
        await Expect(manager.GetByText("Assignment is saved.")).ToBeVisibleAsync();
        await manager.GotoAsync("/admin");
        var agents = new Dictionary<Guid, (Person Person, IPage Page)>();
        foreach (var name in (string[])["Ann One", "Bob Two", "Cat Three"])
        {
            var person = await People.New(node, Roles.Agent, name);
            (await node.As(screens.People.Manager).Put($"/api/users/{person.Id}/agent", new { capacity = 8, categories = (string[])["technical"] })).Must();
            agents[person.Id] = (person, await screens.LogIn(person));
            await Expect(manager.GetByRole(AriaRole.Region, new() { Name = "Agents" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = name })).ToContainTextAsync("Available");
        }

        // What the demo has waiting goes by first.
        foreach (var row in (await node.As(screens.People.Manager).Get("/api/tickets?status=open&limit=100")).Must()["items"]!.AsArray())
            (await node.Move(screens.People.Manager, row!["id"]!.GetValue<Guid>(), "close")).Must();
        var subject = $"The pump stands still {Guid.NewGuid():N}"[..32];
        var ticket = await Nodes.Stories.OpenTicket(node, screens.People.Customer, subject);

        var first = agents[await OfferedTo(ticket)];
        var card = first.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = subject });
        await Expect(first.Page.GetByRole(AriaRole.Tab, new() { Name = "Offered" })).ToContainTextAsync("1");
        await Expect(first.Page.GetByRole(AriaRole.Tab, new() { Name = "Queue" })).ToHaveAttributeAsync("aria-selected", "true"); // no list gives way by itself
        await first.Page.GetByRole(AriaRole.Tab, new() { Name = "Offered" }).ClickAsync();
        await Expect(card).ToBeVisibleAsync();
        await Eventually.True(async () => (await first.Page.TitleAsync()).StartsWith("Offer! ", StringComparison.Ordinal), "the title says it");
        await card.GetByRole(AriaRole.Button, new() { Name = "Why me?" }).ClickAsync();
        await Expect(card).ToContainTextAsync("Load 0 of 8");
        await card.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await first.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await Expect(card).ToHaveCountAsync(0);

        var second = agents[await OfferedTo(ticket, but: first.Person.Id)];
        Assert.NotEqual(first.Person.Id, second.Person.Id);
        await second.Page.GetByRole(AriaRole.Tab, new() { Name = "Offered" }).ClickAsync();
        await second.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = subject }).GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await second.Page.WaitForURLAsync("**/desk/*");
        var line = manager.GetByRole(AriaRole.Region, new() { Name = "Agents" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = second.Person.Name });
        await Expect(line).ToContainTextAsync("1 chat");
        await Expect(line).ToContainTextAsync("3 of 8");

        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Presence: Available" }).ClickAsync();
        await first.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Away", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Region, new() { Name = "Agents" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = first.Person.Name })).ToContainTextAsync("Away");

        var third = agents.Values.Single(a => a.Person.Id != first.Person.Id && a.Person.Id != second.Person.Id);
        await manager.GetByRole(AriaRole.Table, new() { Name = "Conversations" }).GetByRole(AriaRole.Link, new() { Name = subject }).ClickAsync();
        await manager.Button("Assign").ClickAsync();
        await manager.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Radio, new() { Name = third.Person.Name }).CheckAsync();
        await manager.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Assign" }).ClickAsync();
        await Expect(third.Page.GetByRole(AriaRole.Tab, new() { Name = "Mine" })).ToContainTextAsync("1");
        (await node.As(screens.People.Manager).Put("/api/settings/assignment", new { mode = "manual" })).Must(HttpStatusCode.OK);
    }

    private async Task<Guid> OfferedTo(Guid ticket, Guid but = default) => (await Eventually.Get(
        async () => (await screens.Node.As(screens.People.Manager).Get($"/api/tickets/{ticket}")).Must()["offer"]?["agentId"]?.GetValue<Guid>(), to => to is not null && to != but, "it is offered"))!.Value;
}
