using System.Reflection;
using SupportLive.Core.Live;

namespace SupportLive.Core.Health;

/// <summary>The jobs that run on one node at a time, whether this one holds them or not.</summary>
public delegate IEnumerable<DurableFollower> DurableJobs();

/// <summary>How this node does.</summary>
public sealed class NodeFigures(Node node, MeterReader meters, Hearing hearing, DurableJobs jobs, HealthOptions options, TimeProvider time)
{
    private const int Told = 40; // kinds of connections; a NOTIFY takes 8,000 bytes at most

    private readonly DateTimeOffset started = time.GetUtcNow();

    /// <summary>Milliseconds; null when the database did not answer.</summary>
    internal double? DatabaseMs { get; set; }

    public static string Version { get; } = typeof(NodeFigures).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion is { } named ? Short(named) : "unknown";

    // A build says its commit behind a plus, in forty figures of which seven tell.
    private static string Short(string version) => version.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && version.Length > plus + 8 ? version[..(plus + 8)] : version;

    public string Host { get; } = options.Node is { Length: > 0 } name ? name[..Math.Min(name.Length, 100)] : Environment.MachineName;

    public NodeView Now()
    {
        var levels = meters.Look();
        var push = meters.Spread(Meters.PushDelay);
        return new NodeView(
            node.Id, Host, Environment.ProcessId, Version, started, Math.Round(hearing.ClockOffset.TotalMilliseconds, 1), DatabaseMs, Math.Round(hearing.Lag.TotalMilliseconds, 1), hearing.Echo?.TotalMilliseconds,
            [.. levels.Connections.Take(Told)], levels.Circuits, Math.Round(meters.PerSecond(Meters.MessagesAcked, 10), 1), push?.P50 * 1000, push?.P99 * 1000, levels.WriterQueue,
            [.. jobs().Where(j => j.Session is not null).Select(j => new HeldJob(j.Job, j.Session!.Value))], Environment.WorkingSet);
    }
}
