using Bunit;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Chat;
using SupportLive.Web.Outbound;
using SupportLive.Web.Tickets;
using Xunit;

namespace SupportLive.Tests.Tickets;

/// <summary>A ticket's pane over a real node, without a browser: what others do appears by itself.</summary>
public sealed class TicketPaneTests(OneNode desk) : IClassFixture<OneNode>
{
    [Fact]
    public async Task A_closed_ticket_gives_way_to_the_word_that_it_is_closed()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var page = await Circuit.Of(desk.Node, desk.People.Customer);
        var pane = await Open(page, ticket);
        pane.WaitForElement("textarea[aria-label=Message]", Eventually.Deadline);

        (await desk.Node.Move(desk.People.Agent, ticket, "close")).Must();

        pane.WaitForAssertion(() =>
        {
            Assert.Contains("This conversation is closed", pane.Markup, StringComparison.Ordinal);
            Assert.Empty(pane.FindAll("textarea"));
            Assert.Contains("New ticket about this", pane.Markup, StringComparison.Ordinal);
        }, Eventually.Deadline);
    }

    [Fact]
    public async Task An_edit_of_somebody_else_does_not_take_the_text_that_is_being_typed()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var page = await Circuit.Of(desk.Node, desk.People.Agent);
        var pane = await Open(page, ticket);
        pane.WaitForElement("button.editor", Eventually.Deadline).Click();
        pane.Find("#subject").Input("The printer is on");

        (await desk.Node.Edit(desk.People.Manager, ticket, new { priority = "urgent" })).Must();

        pane.WaitForAssertion(() => Assert.Equal("Urgent", pane.Find("#priority").GetAttribute("value")), Eventually.Deadline);
        Assert.Equal("The printer is on", pane.Find("#subject").GetAttribute("value"));
        pane.Find("form").Submit();
        pane.WaitForAssertion(() => Assert.Empty(pane.FindAll("form")), Eventually.Deadline);
        var now = await desk.Node.Ticket(desk.People.Agent, ticket);
        Assert.Equal("The printer is on urgent", $"{now["subject"]} {now["priority"]}");
    }

    [Fact]
    public async Task A_merge_shows_on_both_open_pages_and_the_state_of_the_other_follows()
    {
        var (duplicate, main) = (await desk.Node.OpenTicket(desk.People.Customer, "Fire again"), await desk.Node.OpenTicket(desk.People.Customer, "Fire"));
        await using var page = await Circuit.Of(desk.Node, desk.People.Customer);
        var (old, goesOn) = (await Open(page, duplicate), await Open(page, main));

        (await desk.Node.Move(desk.People.Agent, duplicate, "merge", new { into = main })).Must();
        goesOn.WaitForAssertion(() => Assert.Contains("Merged from", goesOn.Markup, StringComparison.Ordinal), Eventually.Deadline);
        old.WaitForAssertion(() => Assert.Contains("It goes on in", old.Markup, StringComparison.Ordinal), Eventually.Deadline);
        (await desk.Node.Move(desk.People.Agent, main, "accept")).Must();

        old.WaitForAssertion(() => Assert.Contains("In progress", old.Find("[aria-labelledby=linked]").TextContent, StringComparison.Ordinal), Eventually.Deadline);
    }

    [Fact]
    public async Task The_bell_is_quiet_about_what_happens_before_ones_eyes_and_rings_for_the_rest()
    {
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.AcceptedTicket(customer, desk.People.Agent);
        await using var page = await Circuit.Of(desk.Node, customer);
        var (pane, bell) = (await Open(page, ticket), page.Render<NotificationsPane>(_ => { }));

        (await desk.Node.Move(desk.People.Agent, ticket, "escalate", new { reason = "A specialist" })).Must();
        pane.WaitForAssertion(() => Assert.Contains("escalated the ticket: A specialist", pane.Markup, StringComparison.Ordinal), Eventually.Deadline);
        var log = pane.FindComponent<Timeline>();
        await log.InvokeAsync(log.Instance.Seen); // the browser says: at the end, and looked at
        var other = await desk.Node.AcceptedTicket(customer, desk.People.Agent);

        await Eventually.True(async () => (await Told(customer)).Count(n => n["ticketId"]!.GetValue<Guid>() == ticket && n["readAt"] is not null) == 2, "both are stored as read");
        await Eventually.True(async () => (await Told(customer)).Any(n => n["ticketId"]!.GetValue<Guid>() == other && n["readAt"] is null), "the other ticket is told");
        bell.WaitForAssertion(() => Assert.Equal("1", bell.Find("[data-unread]").GetAttribute("data-unread")), Eventually.Deadline);
    }

    private async Task<IEnumerable<System.Text.Json.Nodes.JsonNode>> Told(Person person) => (await desk.Node.As(person).Get("/api/notifications")).Must()["items"]!.AsArray().Select(n => n!);

    private async Task<IRenderedComponent<TicketPane>> Open(Circuit page, Guid ticket)
    {
        var number = (await desk.Node.Ticket(desk.People.Manager, ticket))["number"]!.GetValue<long>();
        var pane = page.Render<TicketPane>(p => p.Add(x => x.Number, number).Add(x => x.Back, "/tickets"));
        pane.WaitForElement("[role=log]", Eventually.Deadline);
        return pane;
    }
}
