using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace SupportLive.Core.Live;

/// <summary>
/// One watcher's bounded queue. When it overflows the watcher gets <see cref="StreamInterrupted"/> in place of what did not
/// fit, so a gap is never silent; nobody ever waits for a slow watcher.
/// </summary>
public sealed class Subscription : IDisposable
{
    private readonly LiveStream stream;
    private readonly Action? whenFull;
    private readonly Channel<LiveEvent> queue;
    private readonly HashSet<Topic> topics = [];
    private volatile bool overflowed;
    private bool disposed;

    internal Subscription(LiveStream stream, int capacity, Action? whenFull)
    {
        this.stream = stream;
        this.whenFull = whenFull;
        queue = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(capacity) { SingleReader = true, AllowSynchronousContinuations = false });
    }

    /// <summary>From the moment this returns, every event of the topic is queued here. Load the snapshot after it, never before.</summary>
    public void Add(Topic topic)
    {
        lock (topics)
        {
            if (!disposed && topics.Add(topic)) stream.Enter(topic, this);
        }
    }

    public void Remove(Topic topic)
    {
        lock (topics)
        {
            if (topics.Remove(topic)) stream.Leave(topic, this);
        }
    }

    /// <summary>Queues something for this watcher alone.</summary>
    public void Offer(LiveEvent happened)
    {
        if (queue.Writer.TryWrite(happened)) return;
        overflowed = true;
        whenFull?.Invoke();
    }

    /// <summary>Ends when the subscription is disposed or the token is cancelled; one reader at a time.</summary>
    public async IAsyncEnumerable<LiveEvent> Read([EnumeratorCancellation] CancellationToken ct = default)
    {
        while (await queue.Reader.WaitToReadAsync(ct))
        {
            while (queue.Reader.TryRead(out var happened)) yield return happened;
            if (!overflowed) continue;
            overflowed = false;
            yield return new StreamInterrupted();
        }
    }

    public void Dispose()
    {
        lock (topics)
        {
            disposed = true;
            foreach (var topic in topics) stream.Leave(topic, this);
            topics.Clear();
            stream.Forget(this);
        }

        queue.Writer.TryComplete();
    }
}
