using System.Net;
using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>Finding what was said: filters in the address, search while one types, and opening at the message.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class FindingTests(Screens screens) : IClassFixture<Screens>
{
    [Fact]
    public async Task A_filter_is_in_the_address_and_a_search_opens_at_the_message()
    {
        var node = screens.Node;
        var ticket = await node.AcceptedTicket(screens.People.Customer, screens.People.Agent);
        var number = (await node.As(screens.People.Customer).Get($"/api/tickets/{ticket}"))["number"]!.GetValue<long>();
        (await node.Say(screens.People.Customer, ticket, "The rhubarb is in the cellar")).Must(HttpStatusCode.Created);
        for (var n = 0; n < 120; n++) (await node.Say(screens.People.Agent, ticket, $"And then {n}")).Must(HttpStatusCode.Created);
        await Eventually.True(async () => (await node.As(screens.People.Agent).Get("/api/search?q=rhubarb")).Must()["items"]!.AsArray().Count == 1, "the rhubarb is found");

        var agent = await screens.LogIn(screens.People.Agent);
        await agent.GetByRole(AriaRole.Tab, new() { Name = "All" }).ClickAsync();
        await agent.Button("Filter").ClickAsync();
        await agent.GetByLabel("Status").SelectOptionAsync("rejected");
        await agent.WaitForURLAsync(url => url.Contains("status=rejected", StringComparison.Ordinal));
        await Expect(agent.GetByText("Cheap watches").First).ToBeVisibleAsync();
        await agent.GetByLabel("Priority").SelectOptionAsync("urgent");
        await Expect(agent.GetByText("Nothing matches these filters")).ToBeVisibleAsync();
        await agent.GoBackAsync();
        await Expect(agent.GetByText("Tomás Nowak").First).ToBeVisibleAsync();
        await agent.Button("Clear filters").First.ClickAsync();
        await agent.WaitForURLAsync(url => !url.Contains("status=", StringComparison.Ordinal));

        await agent.Keyboard.PressAsync("Control+k");
        await agent.Keyboard.TypeAsync("rhubarb");
        await agent.Keyboard.PressAsync("Enter"); // before the answer is there: it opens what was typed, not what an earlier keystroke found
        await agent.WaitForURLAsync($"**/desk/{number}?at=*");
        await Expect(agent.Log().GetByText("The rhubarb is in the cellar")).ToBeInViewportAsync();
        await Expect(agent.GetByLabel("Messages, scrollable")).ToBeFocusedAsync();
        await Expect(agent.Message()).ToBeEnabledAsync();
        await agent.Keyboard.PressAsync("n"); // a note, and no letter in the search box
        await Expect(agent.GetByRole(AriaRole.Tab, new() { Name = "Note" })).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(agent.GetByRole(AriaRole.Combobox, new() { Name = "Search" })).ToHaveValueAsync("rhubarb");
        await agent.Button("Jump to latest").ClickAsync();
        await Expect(agent.Log().GetByText("And then 119", new() { Exact = true })).ToBeInViewportAsync();

        await agent.Keyboard.PressAsync("Control+k");
        await agent.Keyboard.TypeAsync("resol");
        await agent.GetByRole(AriaRole.Listbox, new() { Name = "Search results" }).GetByRole(AriaRole.Option, new() { Name = "Resolve" }).ClickAsync();
        await Expect(agent.Button("Reopen")).ToBeVisibleAsync();
    }
}
