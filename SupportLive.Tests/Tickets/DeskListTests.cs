using Bunit;
using SupportLive.Core.Chat;
using SupportLive.Core.Tickets;
using SupportLive.Web.Tickets;
using Xunit;

namespace SupportLive.Tests.Tickets;

/// <summary>The lists of the desk and the views that are kept of them.</summary>
public sealed class DeskListTests : BunitContext
{
    public DeskListTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void The_queue_stands_in_the_order_in_which_tickets_are_given_and_customers_are_told_their_place()
    {
        var queue = new DeskState(Cast.Agent.Id).Queue;

        queue.Load([Row(1, TicketPriority.Low, 0), Row(2, TicketPriority.High, 2), Row(3, TicketPriority.Urgent, 3), Row(4, TicketPriority.High, 1)]);

        Assert.Equal([3, 4, 2, 1], queue.Rows.Select(r => r.Ticket.Number));
    }

    private static ChatSnapshot Row(long number, TicketPriority priority, int minute) =>
        new(Cast.Shown(Cast.OpenTicket()) with { Id = Guid.NewGuid(), Number = number, Priority = priority, CreatedAt = Cast.Now.AddMinutes(minute), WaitingSince = Cast.Now.AddMinutes(-minute) }, null, 0);

    [Fact]
    public void A_view_gets_another_name_where_it_stands_and_keeps_asking_while_that_is_refused()
    {
        var (taken, asked) = (true, new List<string>());
        var view = new SavedViewView(Guid.NewGuid(), "Mine", "status=open", Shared: false, Mine: true, Version: 1);
        var views = Render<DeskViews>(p => p.Add(v => v.Views, [view]).Add(v => v.OnRename, (_, name) =>
        {
            asked.Add(name);
            return Task.FromResult(!taken);
        }));

        views.Find("button[aria-label='Rename view Mine']").Click();
        views.Find("input.name").Input("Ours");
        views.FindAll("button").Single(b => b.TextContent == "Rename").Click();
        Assert.Single(views.FindAll("input.name"));
        taken = false;
        views.FindAll("button").Single(b => b.TextContent == "Rename").Click();

        Assert.Equal(["Ours", "Ours"], asked);
        Assert.Empty(views.FindAll("input.name"));
    }

    [Fact]
    public void Views_of_others_have_no_other_name_here()
    {
        var views = Render<DeskViews>(p => p.Add(v => v.Views, [new(Guid.NewGuid(), "Theirs", "status=open", Shared: true, Mine: false, Version: 1)]));

        Assert.Empty(views.FindAll("button"));
        Assert.Equal("Theirs", views.Find("a").TextContent);
    }
}
