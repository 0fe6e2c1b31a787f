using System.Collections.Concurrent;
using System.Diagnostics;

namespace SupportLive.Core.Live;

/// <summary>
/// What happens, as it happens, for the watchers of this node: pages in process and the hub's connections. Events of one feed
/// may arrive here out of order (another node's entry behind our own newer one); each watcher keeps its place with <see cref="FeedPlace"/>.
/// </summary>
public sealed class LiveStream
{
    private readonly ConcurrentDictionary<Topic, Subscription[]> watchers = new();
    private readonly ConcurrentDictionary<Subscription, bool> all = new();

    /// <param name="capacity">Events that may wait for a slow reader before it is told that it missed some.</param>
    /// <param name="overflowed">Called when an event did not fit, on the publisher's thread: must be quick and not throw.</param>
    public Subscription Subscribe(int capacity = 1024, Action? overflowed = null)
    {
        var subscription = new Subscription(this, capacity, overflowed);
        all.TryAdd(subscription, true);
        return subscription;
    }

    internal void Enter(Topic topic, Subscription subscription) =>
        watchers.AddOrUpdate(topic, static (_, s) => [s], static (_, there, s) => [.. there, s], subscription);

    internal void Leave(Topic topic, Subscription subscription)
    {
        while (watchers.TryGetValue(topic, out var there))
        {
            var rest = Array.FindAll(there, s => s != subscription);
            if (rest.Length == 0 ? watchers.TryRemove(new(topic, there)) : watchers.TryUpdate(topic, rest, there)) return;
        }
    }

    internal void Forget(Subscription subscription) => all.TryRemove(subscription, out _);

    /// <summary>Hands an event to everyone whom it concerns, once each. Never waits.</summary>
    public void Publish(LiveEvent happened)
    {
        if (happened.Committed == 0) happened.Committed = Stopwatch.GetTimestamp(); // who writes publishes at once
        Subscription[]? first = null;
        HashSet<Subscription>? told = null;
        foreach (var topic in happened.Topics)
        {
            if (!watchers.TryGetValue(topic, out var there)) continue;
            if (first is null)
            {
                first = there;
                foreach (var subscription in there) subscription.Offer(happened);
                continue;
            }

            told ??= [.. first];
            foreach (var subscription in there)
            {
                if (told.Add(subscription)) subscription.Offer(happened);
            }
        }
    }

    /// <summary>Tells every watcher of this node that something may have been missed.</summary>
    internal void Interrupt()
    {
        foreach (var subscription in all.Keys) subscription.Offer(new StreamInterrupted());
    }
}
