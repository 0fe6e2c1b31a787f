using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using SupportLive.Core.Live;

namespace SupportLive.Core.Health;

/// <summary>The nodes that were heard lately, in memory alone; who has said nothing for <see cref="Patience"/> is gone.</summary>
public sealed class Nodes(LiveStream stream, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Guid, (NodeView Node, long At)> heard = new();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<NodeView> Alive()
    {
        foreach (var (id, last) in heard)
        {
            if (time.GetElapsedTime(last.At) > Patience) heard.TryRemove(new(id, last));
        }

        return [.. heard.Values.Select(h => h.Node with { SecondsAgo = Math.Round(time.GetElapsedTime(h.At).TotalSeconds, 1) }).OrderBy(n => n.Started).ThenBy(n => n.Id)];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = stream.Subscribe();
        subscription.Add(Topic.Nodes);
        await foreach (var happened in subscription.Read(stoppingToken))
        {
            if (happened is NodeSeen seen) heard[seen.Node.Id] = (seen.Node, time.GetTimestamp());
        }
    }
}
