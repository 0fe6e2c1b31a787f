using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Health;

/// <summary>From where on the checks of the system page warn; under <c>Health</c>.</summary>
public sealed record HealthOptions
{
    /// <summary>Free megabytes where the data folder is; at a quarter of it the check fails.</summary>
    public long DiskFreeMegabytes { get; init; } = 2048;

    /// <summary>Milliseconds that a node's clock may differ from the database's; the check fails at ten times as many.</summary>
    public int ClockSkewMilliseconds { get; init; } = 500;

    /// <summary>The name of this node on screen; the machine's unless it is set.</summary>
    public string? Node { get; init; }

    public HealthOptions Valid() => DiskFreeMegabytes > 0 && ClockSkewMilliseconds > 0 ? this : throw new StartupRefusal("Every figure under Health must be at least 1.");
}
