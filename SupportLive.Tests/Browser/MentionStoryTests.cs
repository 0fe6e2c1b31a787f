using Microsoft.Playwright;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>A colleague is mentioned in a note, as an agent does it without leaving the keys.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class MentionStoryTests(Screens screens) : IClassFixture<Screens>
{
    private TestNode Node => screens.Node;

    [Fact]
    public async Task A_name_is_chosen_while_it_is_typed_and_its_owner_finds_the_note()
    {
        var mona = await People.New(Node, Roles.Agent, "Mona O'Malley");
        var ticket = await Node.AcceptedTicket(screens.People.Customer, screens.People.Agent);
        var number = (await Node.Ticket(mona, ticket))["number"]!.GetValue<long>();
        var agent = await Look(screens.People.Agent, $"/desk/{number}");
        var hers = await Look(mona, "/desk");
        var box = agent.GetByLabel("Message", new() { Exact = true });
        var names = agent.GetByRole(AriaRole.Listbox, new() { Name = "Colleagues" });

        await box.PressSequentiallyAsync("@mo"); // a reply: nobody is offered
        await agent.GetByRole(AriaRole.Tab, new() { Name = "Note" }).ClickAsync();
        await Expect(box).ToHaveValueAsync("");
        await box.PressSequentiallyAsync("Please ");
        await Expect(names).ToBeHiddenAsync();
        await box.PressSequentiallyAsync("@");
        await Expect(names.GetByRole(AriaRole.Option)).ToHaveCountAsync(4); // all who work here but oneself
        await Expect(agent.GetByRole(AriaRole.Combobox, new() { Name = "Message" })).ToHaveAttributeAsync("aria-expanded", "true");
        await box.PressAsync("Escape");
        await Expect(names).ToBeHiddenAsync();
        await Expect(box).ToBeFocusedAsync();
        await Expect(box).ToHaveValueAsync("Please @");
        await box.PressAsync("Backspace");
        await box.PressSequentiallyAsync("@o'm"); // by the last name
        await Expect(names.GetByRole(AriaRole.Option)).ToHaveTextAsync(["Mona O'Malley"]);
        await box.PressAsync("Enter"); // chooses, and sends nothing
        await Expect(box).ToHaveValueAsync("Please @Mona O'Malley ");
        await box.PressSequentiallyAsync("and @");
        await names.GetByRole(AriaRole.Option).Filter(new() { HasText = screens.People.Manager.Name }).ClickAsync();
        await Expect(box).ToBeFocusedAsync();
        await agent.ReloadAsync(); // what was chosen is in the draft like what was typed
        await agent.IsAlive();
        await agent.GetByRole(AriaRole.Tab, new() { Name = "Note" }).ClickAsync();
        await Expect(box).ToHaveValueAsync($"Please @Mona O'Malley and @{screens.People.Manager.Name} ");
        await box.PressAsync("Enter");

        await Expect(agent.Log().Locator(".mention")).ToHaveTextAsync(["@Mona O'Malley", $"@{screens.People.Manager.Name}"]);
        await Expect(box).ToHaveValueAsync("");
        await hers.Button("Notifications").ClickAsync();
        await hers.GetByText($"{screens.People.Agent.Name} mentioned you in #{number}").ClickAsync();
        await hers.WaitForURLAsync($"**/desk/{number}?note=1");
        await Expect(hers.Log().Locator("strong.mention")).ToHaveTextAsync("@Mona O'Malley");
        await Expect(hers.Button("Notifications").Locator("[data-unread]")).ToHaveCountAsync(0);
    }

    private async Task<IPage> Look(Person person, string path)
    {
        var page = await screens.LogIn(person);
        await page.GotoAsync(path);
        await page.IsAlive();
        return page;
    }
}
