namespace SupportLive.Core;

/// <summary>A clock that is off by a fixed time; for tests of what several nodes do when one of their clocks is wrong.</summary>
public sealed class ShiftedClock(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
}
