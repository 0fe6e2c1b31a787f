using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Overview;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Tickets;
using Xunit;

namespace SupportLive.Tests.Overview;

/// <summary>What the figures of the wall mean.</summary>
public sealed class WallStateTests
{
    private static readonly DueTimes AnHour = new(new(new Targets(new(60, 60, 60, 60), null, CountedHours.Always, null), 1, null, null), new(BusinessHours.Key.Default, 0, null, null));
    private static readonly DateTimeOffset Midnight = Cast.Now.Date;

    [Fact]
    public void Waits_are_counted_from_when_customers_began_to_wait()
    {
        var view = Wall([Waiting(minutes: 30), Waiting(minutes: 10), Row(TicketStatus.InProgress)]).View(Cast.Now, Midnight, AnHour);

        Assert.Equal((2, 1), (view.Waiting, view.Active));
        Assert.Equal(Cast.Now.AddMinutes(-30), view.LongestSince);
        Assert.Equal(Cast.Now.AddMinutes(-20), view.AverageSince);
        Assert.Equal([new WallQueue("general", 2, Cast.Now.AddMinutes(-30))], view.Queues);
    }

    [Fact]
    public void First_responses_are_told_by_the_middle_and_by_nine_of_ten()
    {
        var load = new WallLoad([], [.. Enumerable.Range(1, 10).Select(n => new WallAnswer(Guid.NewGuid(), Cast.Now, TimeSpan.FromMinutes(n)))], []);

        Assert.Equal(new Spread(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(9), 10), Of(load).View(Cast.Now, Midnight, AnHour).FirstResponse);
    }

    [Fact]
    public void What_is_late_becomes_late_by_time_alone()
    {
        var state = Wall([Waiting(minutes: 50)]);

        Assert.Equal(0, state.View(Cast.Now, Midnight, AnHour).Late);
        Assert.Equal(1, state.View(Cast.Now.AddMinutes(11), Midnight, AnHour).Late);
    }

    [Fact]
    public void A_new_day_begins_without_answers_and_ratings_of_yesterday()
    {
        var state = Of(new WallLoad([], [new(Guid.NewGuid(), Cast.Now, TimeSpan.FromMinutes(3))], [new(Guid.NewGuid(), Cast.Now, 5)]));

        Assert.Equal((1, 5.0), (state.View(Cast.Now, Midnight, AnHour).FirstResponse.Count, state.View(Cast.Now, Midnight, AnHour).Rating.Average));
        Assert.Equal((0, null), (state.View(Cast.Now.AddDays(1), Midnight.AddDays(1), AnHour).FirstResponse.Count, state.View(Cast.Now.AddDays(1), Midnight.AddDays(1), AnHour).Rating.Average));
    }

    [Fact]
    public void Who_has_ended_stays_in_sight_for_a_while_and_counts_no_more()
    {
        var state = Wall([Row(TicketStatus.Closed)]);

        Assert.Single(state.View(Cast.Now.AddMinutes(4), Midnight, AnHour).Conversations);
        Assert.Equal((0, 0), (state.View(Cast.Now, Midnight, AnHour).Waiting, state.View(Cast.Now, Midnight, AnHour).Active));
        Assert.Empty(state.View(Cast.Now.AddMinutes(6), Midnight, AnHour).Conversations);
    }

    [Fact]
    public void Long_texts_are_not_kept()
    {
        var ticket = Cast.Shown(Cast.OpenTicket());
        var long_ = new EntryView(ticket.Id, Feed.Public, 2, Guid.NewGuid(), Wire.Message, null, new string('x', 8000), null, [], null, Cast.Now);

        var row = Assert.Single(Wall([new ChatSnapshot(ticket, long_, 3)]).View(Cast.Now, Midnight, AnHour).Conversations);

        Assert.Equal(("", 160, 0), (row.Ticket.Description, row.LastMessage!.Body!.Length, row.Unread));
    }

    private static ChatSnapshot Row(TicketStatus status) => new(Cast.Shown(Cast.TicketThatIs(status)), null, 0);

    private static ChatSnapshot Waiting(int minutes) => new(Row(TicketStatus.Open).Ticket with { Id = Guid.NewGuid(), WaitingSince = Cast.Now.AddMinutes(-minutes), CreatedAt = Cast.Now.AddMinutes(-minutes) }, null, 0);

    private static WallState Wall(IReadOnlyList<ChatSnapshot> rows) => Of(new WallLoad(rows, [], []));

    private static WallState Of(WallLoad load)
    {
        var state = new WallState();
        state.Load(load);
        return state;
    }
}
