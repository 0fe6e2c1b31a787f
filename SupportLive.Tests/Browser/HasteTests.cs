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

    [Fact]
    public async Task What_was_sent_before_the_page_was_lost_arrives_afterwards_each_by_itself_and_in_order()
    {
        var ticket = await screens.Node.AcceptedTicket(screens.People.Customer, screens.People.Agent);
        var number = (await screens.Node.As(screens.People.Customer).Get($"/api/tickets/{ticket}"))["number"]!.GetValue<long>();
        var customer = await screens.LogIn(screens.People.Customer);
        await customer.GotoAsync($"/tickets/{number}");
        await Expect(customer.Message()).ToBeEnabledAsync();

        // All at once: the page is gone before any of them has been acknowledged.
        await customer.EvaluateAsync(
            """
            () => {
              const text = document.querySelector('textarea');
              for (const words of ['The first', 'The second', 'The third']) {
                text.value += words;
                text.dispatchEvent(new Event('input', { bubbles: true }));
                text.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
              }
              location.reload();
            }
            """);

        await Expect(customer.Log().GetByText("The third", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(["The first", "The second", "The third"], (await screens.Node.Log(screens.People.Customer, ticket)).Where(e => e.Body is not null).Select(e => e.Body));
        await Expect(customer.Message()).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_form_is_filled_in_as_before_when_its_page_was_lost_and_pressing_again_makes_no_second_ticket()
    {
        var customer = await screens.LogIn(screens.People.Customer);
        await customer.GotoAsync("/tickets/new");
        await customer.GetByLabel("Subject").FillAsync("The printer sings");
        await customer.GetByLabel("Urgency").SelectOptionAsync(["High"]);
        await customer.GetByLabel("Description").FillAsync("It sings at night.");
        await customer.GetByLabel("Description").BlurAsync();

        // It is sent, and the page does not live to hear the answer.
        await customer.EvaluateAsync("() => { window.lost = false; Storage.prototype.removeItem = () => {}; document.querySelector('form.card button[type=submit]').click(); setTimeout(() => location.reload(), 0); }");
        await customer.WaitForFunctionAsync("() => window.lost === undefined");
        await Eventually.True(async () => (await screens.Node.As(screens.People.Customer).Get("/api/tickets"))["items"]!.AsArray().Any(t => (string?)t!["subject"] == "The printer sings"), "it is stored");
        await customer.GotoAsync("/tickets/new");
        await Expect(customer.GetByLabel("Subject")).ToHaveValueAsync("The printer sings");
        await Expect(customer.GetByLabel("Urgency")).ToHaveValueAsync("High");
        await Expect(customer.GetByLabel("Description")).ToHaveValueAsync("It sings at night.");
        await customer.Button("Create ticket").ClickAsync();

        await Expect(customer.GetByRole(AriaRole.Heading, new() { Name = "The printer sings" })).ToBeVisibleAsync();
        Assert.Single((await screens.Node.As(screens.People.Customer).Get("/api/tickets"))["items"]!.AsArray(), t => (string?)t!["subject"] == "The printer sings");
        await customer.GotoAsync("/tickets/new");
        await Expect(customer.Button("Create ticket")).ToBeEnabledAsync();
        await Expect(customer.GetByLabel("Subject")).ToHaveValueAsync("");
    }
}
