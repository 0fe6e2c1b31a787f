using SupportLive.Core.Live;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>How busy the log is, for followers that give way.</summary>
public sealed class PulseTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void A_steady_beat_is_told_as_so_many_a_second()
    {
        var pulse = new LogPulse(clock);
        for (var n = 0; n < 200; n++)
        {
            clock.Pass(TimeSpan.FromMilliseconds(20));
            pulse.Beat();
        }

        Assert.InRange(pulse.PerSecond, 45, 55);
    }

    [Fact]
    public void A_storm_is_forgotten_within_seconds()
    {
        var pulse = new LogPulse(clock);
        for (var n = 0; n < 100; n++) pulse.Beat();
        Assert.True(pulse.PerSecond > 90);
        clock.Pass(TimeSpan.FromSeconds(5));
        Assert.True(pulse.PerSecond < 1);
    }

    [Fact]
    public async Task Who_waits_for_the_next_beat_is_woken_by_it_and_not_by_the_one_before()
    {
        var pulse = new LogPulse(clock);
        pulse.Beat();
        var next = pulse.Next;
        Assert.False(next.IsCompleted);
        pulse.Beat();
        await next.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private sealed class HandClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Pass(TimeSpan time) => now += time.Ticks;
    }
}
