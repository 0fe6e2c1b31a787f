using Microsoft.Playwright;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

/// <summary>What people do is what happens, also when they are faster than the line.</summary>
[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class HasteTests(Screens screens) : IClassFixture<Screens>
{
    [Fact]
    public async Task What_is_sent_right_after_choosing_note_is_a_note_and_never_a_message()
    {
        var ticket = await screens.Node.AcceptedTicket(screens.People.Customer, screens.People.Agent);
        var number = (await screens.Node.As(screens.People.Agent).Get($"/api/tickets/{ticket}"))["number"]!.GetValue<long>();
        var agent = await screens.LogIn(screens.People.Agent);
        await agent.GotoAsync($"/desk/{number}");
        await Expect(agent.Message()).ToBeEnabledAsync();
        var tab = await agent.GetByRole(AriaRole.Tab, new() { Name = "Note" }).ElementHandleAsync();
        var text = await agent.Message().ElementHandleAsync();
        var send = await agent.Button("Send").ElementHandleAsync();

        // All at once: no answer of the server fits between.
        await agent.EvaluateAsync(
            "([tab, text, send]) => { tab.click(); text.value = 'He never pays'; text.dispatchEvent(new Event('input', { bubbles: true })); send.click(); }", new[] { tab, text, send });

        await Eventually.True(async () => (await screens.Node.Log(screens.People.Agent, ticket)).Count + (await screens.Node.Log(screens.People.Agent, ticket, "staff")).Count == 3, "it is stored");
        Assert.DoesNotContain(await screens.Node.Log(screens.People.Customer, ticket), e => e.Body == "He never pays");
    }
}
