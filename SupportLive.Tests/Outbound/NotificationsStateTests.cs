using SupportLive.Core.Outbound;
using SupportLive.Tests.Tickets;
using SupportLive.Web.Outbound;
using Xunit;

namespace SupportLive.Tests.Outbound;

public sealed class NotificationsStateTests
{
    private static readonly NotificationView One = new(Guid.NewGuid(), "message", Guid.NewGuid(), 1001, "New message", "Hello", Cast.Now, null);

    [Fact]
    public void What_was_read_before_it_was_told_stays_read()
    {
        var state = new NotificationsState();
        state.Load([One with { ReadAt = Cast.Now.AddSeconds(1) }], 0);

        Assert.False(state.Apply(new NotificationRaised(Guid.NewGuid(), One)));
        Assert.Equal(0, state.Unread);
    }

    [Fact]
    public void More_of_the_same_counts_again()
    {
        var state = new NotificationsState();
        state.Load([One with { ReadAt = Cast.Now.AddSeconds(1) }], 0);

        Assert.True(state.Apply(new NotificationRaised(Guid.NewGuid(), One with { At = Cast.Now.AddSeconds(2) })));
        Assert.Equal(1, state.Unread);
    }
}
