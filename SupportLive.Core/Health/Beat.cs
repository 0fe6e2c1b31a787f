namespace SupportLive.Core.Health;

/// <summary>Whole seconds for counters on the hot path. The system's coarse clock costs a tenth of the exact one; another clock is asked as it is.</summary>
internal sealed class Beat(TimeProvider time)
{
    private readonly bool real = ReferenceEquals(time, TimeProvider.System);

    // From 1000 on, so that an empty slot is never a second that counts.
    public long Second => 1000 + (real ? Environment.TickCount64 / 1000 : time.GetTimestamp() / time.TimestampFrequency);
}
