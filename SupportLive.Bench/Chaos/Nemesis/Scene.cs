using SupportLive.Bench.Chaos.Crowd;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Nemesis;

/// <summary>What faults are done to, and the dice for this one.</summary>
internal sealed record Scene(Site Site, Everyone Everyone, Door Door, Ledger Ledger, int Herd, Random Random)
{
    public WebNode AnyNode() => Site.Nodes[Random.Next(Site.Nodes.Length)];

    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + ((to - from) * Random.NextDouble()));
}

/// <summary>It cannot be done here.</summary>
internal sealed class Skipped(string why) : Exception(why);

/// <summary>Injects, waits, heals; answers with what it did in a few words.</summary>
internal delegate Task<string> Fault(Scene scene, CancellationToken ct);
