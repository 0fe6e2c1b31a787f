using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>How long a client was without its hub: from a lost line until it has resumed.</summary>
internal sealed class Outages
{
    private readonly List<(long From, long To)> all = [];
    private long? since;

    public void Begun()
    {
        lock (all) since ??= Moment.Now;
    }

    public void Over()
    {
        lock (all)
        {
            if (since is { } from) all.Add((from, Moment.Now));
            since = null;
        }
    }

    /// <summary>How many there were, with the one that lasts.</summary>
    public int Count
    {
        get
        {
            lock (all) return all.Count + (since is null ? 0 : 1);
        }
    }

    public IReadOnlyList<(long From, long To)> All
    {
        get
        {
            lock (all) return [.. all];
        }
    }
}
