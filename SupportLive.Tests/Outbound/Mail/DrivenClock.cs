namespace SupportLive.Tests.Outbound.Mail;

/// <summary>A clock that goes on by itself, and further when a test says so.</summary>
public sealed class DrivenClock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
