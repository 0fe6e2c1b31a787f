using Microsoft.Playwright;
using Xunit;
using static SupportLive.Tests.Browser.Elements;

namespace SupportLive.Tests.Browser;

[Collection(OneBrowser.Name)]
[Trait("Category", "Browser")]
public sealed class EscalationStoryTests(Screens screens) : IClassFixture<Screens>
{
    [Fact]
    public async Task A_manager_writes_a_rule_and_a_ticket_escalates_on_the_agents_open_desk()
    {
        var ticket = await Nodes.Stories.AcceptedTicket(screens.Node, screens.People.Customer, screens.People.Agent);
        var number = (await screens.Node.As(screens.People.Agent).Get($"/api/tickets/{ticket}"))["number"]!.GetValue<long>();
        var agent = await screens.LogIn(screens.People.Agent);
        await agent.GotoAsync($"/desk/{number}");
        await agent.IsAlive();
        await Expect(agent.GetByRole(AriaRole.Region, new() { Name = "Ticket details" })).ToContainTextAsync("left");
        await Expect(agent.GetByText("Escalated to level")).ToHaveCountAsync(0);

        var manager = await screens.LogIn(screens.People.Manager);
        await manager.GotoAsync("/admin/escalation");
        await manager.IsAlive();
        await manager.Button("New rule").ClickAsync();
        var form = manager.GetByRole(AriaRole.Form, new() { Name = "Rule", Exact = true });
        await form.GetByLabel("Name").FillAsync("");
        await form.GetByLabel("How long").FillAsync("0");
        await manager.Button("Save rule").ClickAsync();
        await Expect(form).ToContainTextAsync("The name is missing");
        await Expect(form).ToContainTextAsync("more than none");
        await form.GetByLabel("Name").FillAsync("No answer");
        await form.GetByLabel("How long").FillAsync("0.02");
        await form.GetByRole(AriaRole.Button, new() { Name = "High", Exact = true }).ClickAsync();
        await manager.Button("Save rule").ClickAsync();

        await Expect(manager.GetByRole(AriaRole.List, new() { Name = "Rules" })).ToContainTextAsync("When a ticket with priority high has waited 1.2 seconds for a first response, then escalate and notify managers.");
        await Expect(agent.Log()).ToContainTextAsync("Escalated to level 1 by rule “No answer”");
        await manager.Button("Turn off No answer").ClickAsync();
        await Expect(manager.Button("Turn on No answer")).ToBeVisibleAsync();
        await manager.Button("Delete No answer").ClickAsync();
        await manager.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(manager.GetByText("1.2 seconds")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Targets_and_hours_that_a_manager_saves_stand_there_for_the_next()
    {
        var manager = await screens.LogIn(screens.People.Manager);
        await manager.GotoAsync("/admin/escalation");
        await manager.IsAlive();
        await manager.GetByLabel("First response, Urgent").FillAsync("12");
        await manager.Button("Save targets").ClickAsync();
        await Expect(manager.GetByText("The targets are saved.")).ToBeVisibleAsync();
        await manager.GotoAsync("/admin/settings");
        await manager.IsAlive();
        await manager.GetByLabel("Monday").FillAsync("17:00–09:00");
        await manager.Button("Save business hours").ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Alert)).ToContainTextAsync("from–to");
        await manager.GetByLabel("Monday").FillAsync("08:00–12:00, 13:00-17:00");
        await manager.Button("Save business hours").ClickAsync();

        var admin = await screens.LogIn(screens.People.Admin);
        await admin.GotoAsync("/admin/escalation");
        await Expect(admin.GetByLabel("First response, Urgent")).ToHaveValueAsync("12");
        await admin.GotoAsync("/admin/settings");
        await Expect(admin.GetByLabel("Monday")).ToHaveValueAsync("08:00–12:00, 13:00–17:00");
    }
}
