using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Tickets;
using Xunit;

namespace SupportLive.Tests.Tickets;

/// <summary>The parts that a ticket's page is made of, each alone.</summary>
public sealed class TicketWidgetTests : BunitContext
{
    public TicketWidgetTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule(_ => true).SetupModule(_ => true);
    }

    [Theory]
    [InlineData(TicketStatus.Open, "agent", "Accept Reject Escalate More Merge…")]
    [InlineData(TicketStatus.InProgress, "assignee", "Close ticket Assign Escalate Resolve More Release Merge…")]
    [InlineData(TicketStatus.Resolved, "agent", "Reopen More Merge…")]
    [InlineData(TicketStatus.Closed, "assignee", "")]
    [InlineData(TicketStatus.Open, "customer", "Close ticket")]
    [InlineData(TicketStatus.Resolved, "customer", "Close ticket Reopen")]
    public void Buttons_are_the_moves_that_the_reader_may_make(TicketStatus status, string reader, string buttons)
    {
        var view = Cast.Shown(Cast.TicketThatIs(status)).For(Cast.Called(reader), Cast.Now);

        var moves = Render<TicketMoves>(p => p.Add(m => m.View, view));

        Assert.Equal(buttons, string.Join(' ', moves.FindAll("button").Select(b => b.GetAttribute("aria-label") ?? b.TextContent.Trim())));
    }

    [Fact]
    public void A_click_asks_for_its_move_and_a_locked_button_for_none()
    {
        var asked = new List<Verb>();
        var view = Cast.Shown(Cast.OpenTicket()).For(Cast.Agent, Cast.Now);
        var moves = Render<TicketMoves>(p => p.Add(m => m.View, view).Add(m => m.OnMove, asked.Add));

        moves.Find("button[data-key=a]").Click();
        moves.Render(p => p.Add(m => m.Locked, true));

        Assert.Equal([Verb.Accept], asked);
        Assert.All(moves.FindAll("button"), b => Assert.True(b.HasAttribute("disabled")));
    }

    [Fact]
    public void The_second_click_of_two_makes_no_move_because_another_button_may_stand_there_by_then()
    {
        var asked = new List<Verb>();
        var moves = Render<TicketMoves>(p => p.Add(m => m.View, Cast.Shown(Cast.TicketThatIs(TicketStatus.InProgress)).For(Cast.Assignee, Cast.Now)).Add(m => m.OnMove, asked.Add));

        moves.Find("button[data-key=e]").Click(new MouseEventArgs { Detail = 1 });
        moves.Render(p => p.Add(m => m.View, Cast.Shown(Cast.TicketThatIs(TicketStatus.Resolved)).For(Cast.Assignee, Cast.Now)));
        foreach (var name in (string[])["Close ticket", "Reopen"]) moves.FindAll("button").Single(b => b.TextContent.Trim() == name).Click(new MouseEventArgs { Detail = 2 });

        Assert.Equal([Verb.Resolve], asked);
    }

    [Theory]
    [InlineData("Close", Verb.Close)]
    [InlineData("Assign", Verb.Assign)]
    [InlineData("Tag Priority", Verb.Edit)]
    [InlineData("", Verb.Accept)]
    public void Many_tickets_are_offered_what_may_be_done_to_one_of_them(string buttons, Verb may)
    {
        var bar = Render<BulkBar>(p => p.Add(b => b.Count, 2).Add(b => b.Allowed, new HashSet<Verb> { may }));

        Assert.Equal($"{buttons} Clear".Trim(), string.Join(' ', bar.FindAll("button").Select(b => b.TextContent.Trim())));
    }

    [Fact]
    public void A_row_among_tickets_of_several_states_shows_its_state_and_first_tags()
    {
        var row = new Core.Chat.ChatSnapshot(Cast.Shown(Cast.OpenTicket()) with { Tags = ["one", "two", "three"], Description = "It burns." }, null, 0);
        Services.AddSingleton(new Core.Escalation.TargetClock(null!, null!, null!));

        var shown = Render<TicketRow>(p => p.Add(r => r.Row, row).Add(r => r.WithStatus, true));
        var plain = Render<TicketRow>(p => p.Add(r => r.Row, row));

        Assert.Equal("Open", shown.Find(".badge.open").TextContent);
        Assert.Equal(["one", "two"], shown.FindAll(".tag").Select(t => t.TextContent));
        Assert.Contains("+1", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("It burns.", shown.Markup, StringComparison.Ordinal);
        Assert.Empty(plain.FindAll(".badge.open"));
    }

    [Fact]
    public async Task What_cannot_be_a_tag_stays_in_the_box_with_the_reason_beside_it()
    {
        var added = new List<string>();
        var input = Render<TagInput>(p => p.Add(t => t.Tags, [.. Enumerable.Range(1, 8).Select(n => $"tag-{n}")]).Add(t => t.OnAdd, added.Add));
        var big = new string('x', TicketEdit.LongestTag + 1);

        Assert.Equal("", await input.InvokeAsync(() => input.Instance.Add("fine, tag-1")));
        Assert.Equal("", input.Find("[role=alert]").TextContent);
        Assert.Equal(big, await input.InvokeAsync(() => input.Instance.Add($"also fine,{big}")));
        Assert.Equal("A tag can have at most 40 characters; this one has 41.", input.Find("[role=alert]").TextContent);
        Assert.Equal("c", await input.InvokeAsync(() => input.Instance.Add("a,b,c")));
        Assert.Equal("A ticket can have at most 10 tags.", input.Find("[role=alert]").TextContent);

        Assert.Equal(["fine", "also fine", "a,b"], added);
    }

    [Fact]
    public void The_edit_form_keeps_what_is_typed_when_somebody_else_changes_the_ticket()
    {
        var before = Cast.Shown(Cast.OpenTicket());
        var state = new TicketEditState(before);
        var form = Render<TicketEditForm>(p => p.Add(f => f.State, state).Add(f => f.ForStaff, true).Add(f => f.Categories, [new("general", "General"), new("billing", "Billing")]));

        form.Find("#subject").Input("Half a sen");
        state.Apply(before with { Subject = "Theirs", Priority = TicketPriority.Urgent, Version = before.Version + 1 });
        form.Render();

        Assert.Equal("Half a sen", form.Find("#subject").GetAttribute("value"));
        Assert.Equal("Urgent", form.Find("#priority").GetAttribute("value"));
        Assert.Contains("Meanwhile changed to “Theirs”", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_customers_form_has_no_priority_and_no_tags_and_shows_what_was_refused()
    {
        var form = Render<TicketEditForm>(p => p.Add(f => f.State, new TicketEditState(Cast.Shown(Cast.OpenTicket()))).Add(f => f.Refusal, Refusal.Invalid("subject", "Subject is missing.")));

        Assert.Empty(form.FindAll("#priority, #tags"));
        Assert.Equal(("true", "Subject is missing."), (form.Find("#subject").GetAttribute("aria-invalid"), form.Find("#subject-wrong").TextContent));
    }

    [Fact]
    public async Task A_tag_is_taken_back_by_its_button_or_from_an_empty_box()
    {
        var tags = new List<string> { "one", "two", "three" };
        var input = Render<TagInput>(p => p.Add(t => t.Tags, tags).Add(t => t.OnRemove, t => tags.Remove(t)));

        input.Find("button[aria-label='Remove tag one']").Click();
        await input.InvokeAsync(input.Instance.TakeBack);

        Assert.Equal(["two"], tags);
    }

    [Fact]
    public async Task A_run_says_how_far_it_is_and_what_became_of_each_and_stops_between_two()
    {
        var tickets = Enumerable.Range(1, 4).Select(n => Cast.Shown(Cast.OpenTicket()) with { Number = n }).ToArray();
        var run = new BulkRun("Close", tickets);
        var bar = Render<BulkBar>(p => p.Add(b => b.Run, run));
        var progress = new List<string?>();

        await run.Go(async ticket =>
        {
            if (ticket.Number == 3) await bar.InvokeAsync(() => bar.Find("button").Click()); // Stop, in the middle of the third
            return ticket.Number == 2 ? Refusal.Conflict("ticket_closed", "Ben has closed this ticket.") : ticket;
        }, () =>
        {
            bar.Render();
            progress.Add(bar.Find("progress").GetAttribute("value"));
        });
        bar.Render();

        Assert.Equal(["1", "2", "3"], progress);
        Assert.Equal(["#1 Done", "#2 Ben has closed this ticket.", "#3 Done"], bar.FindAll("li").Select(l => l.TextContent.Trim()));
        Assert.Equal("Close: 2 of 4 done, 1 refused, 1 left as they were.", bar.Find("strong").TextContent);
    }

    [Theory]
    [InlineData(TicketStatus.Rejected, true, "Ask again")]
    [InlineData(TicketStatus.Closed, true, "New ticket about this")]
    [InlineData(TicketStatus.Closed, false, null)]
    public void The_end_of_a_conversation_says_how_to_go_on(TicketStatus status, bool mayFollowUp, string? link)
    {
        var bar = Render<ClosedBar>(p => p.Add(b => b.Ticket, Cast.Shown(Cast.TicketThatIs(status))).Add(b => b.MayFollowUp, mayFollowUp));

        Assert.Contains("This conversation is closed", bar.Markup, StringComparison.Ordinal);
        Assert.Equal(link, bar.FindAll("a").SingleOrDefault()?.TextContent.Trim());
    }
}
