namespace SupportLive.Tests.Reports;

/// <summary>Shows the time that a test sets; what is measured by it goes on as ever.</summary>
internal sealed class DrivenClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
