using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Overview;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Tickets;
using SupportLive.Web.Overview;
using Xunit;

namespace SupportLive.Tests.Overview;

public sealed class WallChoiceTests
{
    private static readonly DueTimes AnHour = new(new(new Targets(new(60, 60, 60, 60), null, CountedHours.Always, null), 1, null, null), new(BusinessHours.Key.Default, 0, null, null));

    [Theory]
    [InlineData("", "3 2 1")]
    [InlineData("?show=waiting", "2 1")]
    [InlineData("?show=active", "3")]
    [InlineData("?show=late", "1")]
    [InlineData("?show=escalated", "3")]
    [InlineData("?category=billing", "2")]
    [InlineData("?priority=urgent", "3")]
    [InlineData("?q=%232", "2")]
    [InlineData("?q=fire", "3")]
    [InlineData("?sort=number", "1 2 3")]
    [InlineData("?sort=-number", "3 2 1")]
    [InlineData("?sort=waiting", "1 2 3")]
    [InlineData("?sort=nonsense&show=everything&agent=me&priority=7", "3 2 1")]
    public void The_address_says_which_conversations_are_shown_and_how(string query, string numbers)
    {
        ChatSnapshot[] rows =
        [
            Row(1, TicketStatus.Open, t => t with { CreatedAt = Cast.Now.AddMinutes(-90), WaitingSince = Cast.Now.AddMinutes(-90), UpdatedAt = Cast.Now.AddMinutes(-90) }),
            Row(2, TicketStatus.Open, t => t with { Category = "billing", UpdatedAt = Cast.Now.AddMinutes(-50) }),
            Row(3, TicketStatus.InProgress, t => t with { Subject = "The roof is on fire", Priority = TicketPriority.Urgent, WaitingSince = null, Escalation = new EscalationView(1, Cast.Now, "Fire") }),
        ];
        var state = new WallState();
        state.Load(new WallLoad(rows, [], []));

        var shown = WallChoice.Parse(query).Rows(state.View(Cast.Now, Cast.Now.Date, AnHour), AnHour);

        Assert.Equal(numbers, string.Join(' ', shown.Select(r => r.Ticket.Number)));
    }

    [Fact]
    public void A_second_click_on_a_column_turns_the_order_round()
    {
        Assert.Equal("waiting", WallChoice.Parse("").Next("waiting"));
        Assert.Equal("-waiting", WallChoice.Parse("?sort=waiting").Next("waiting"));
        Assert.Equal("waiting", WallChoice.Parse("?sort=-waiting").Next("waiting"));
    }

    private static ChatSnapshot Row(long number, TicketStatus status, Func<TicketSnapshot, TicketSnapshot> with) =>
        new(with(Cast.Shown(Cast.TicketThatIs(status)) with { Id = Guid.NewGuid(), Number = number, CreatedAt = Cast.Now.AddMinutes(-50 + number), WaitingSince = Cast.Now.AddMinutes(-50), UpdatedAt = Cast.Now }), null, 0);
}
