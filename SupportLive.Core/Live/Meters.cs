using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SupportLive.Core.Live;

/// <summary>
/// The one list of what a node counts and measures; who writes, sends or refuses records it here, and the system page and OTLP read the
/// same instruments. On the hot path one record per batch, and one per frame; tags are words out of short lists, never ids. Times are in seconds.
/// </summary>
public sealed class Meters
{
    public const string Name = "SupportLive";
    public const string MessagesAcked = "supportlive.messages.acked";
    public const string PushDelay = "supportlive.push.delay";
    public const string BatchSize = "supportlive.writer.batch.size";
    public const string BatchDuration = "supportlive.writer.batch.duration";
    public const string WriterQueue = "supportlive.writer.queue";
    public const string Refusals = "supportlive.refusals";
    public const string TicketsMoved = "supportlive.tickets.moved";
    public const string TicketsWaiting = "supportlive.tickets.waiting";
    public const string FollowerLag = "supportlive.follower.lag";
    public const string Connections = "supportlive.hub.connections";
    public const string Circuits = "supportlive.circuits";
    public const string Overflows = "supportlive.hub.overflows";

    /// <summary>Moves of tickets and batches of messages, for whoever traces.</summary>
    public static readonly ActivitySource Traces = new(Name);

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 30] };
    private static readonly InstrumentAdvice<int> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] };

    private readonly Meter meter;
    private readonly Counter<long> acked, refusals, moved, overflows;
    private readonly Histogram<double> push, duration, lag;
    private readonly Histogram<int> size;
    private readonly ConcurrentDictionary<string, Func<int>> queues = new(StringComparer.Ordinal);
    private long? waiting;

    public Meters(IMeterFactory factory)
    {
        meter = factory.Create(Name);
        acked = meter.CreateCounter<long>(MessagesAcked, "{message}", "Messages and notes that were stored and acknowledged.");
        refusals = meter.CreateCounter<long>(Refusals, "{refusal}", "Calls that were refused, by code.");
        moved = meter.CreateCounter<long>(TicketsMoved, "{move}", "Moves of tickets on this node, by event.");
        overflows = meter.CreateCounter<long>(Overflows, "{event}", "Events that did not fit into a slow hub connection's queue; it is cut, and resumes.");
        push = meter.CreateHistogram(PushDelay, "s", "From the commit to the frame handed to a socket.", advice: Seconds);
        duration = meter.CreateHistogram(BatchDuration, "s", "From sending a batch of writes to its commit, by lane.", advice: Seconds);
        size = meter.CreateHistogram(BatchSize, "{write}", "Writes that shared a batch, by lane.", advice: Sizes);
        lag = meter.CreateHistogram(FollowerLag, "s", "Age of another node's entries when they arrive here, by the clock of the database.", advice: Seconds);
        meter.CreateObservableGauge(WriterQueue, () => queues.Select(q => new Measurement<int>(q.Value(), new KeyValuePair<string, object?>("lane", q.Key))), "{write}", "Writes that wait for the next batch, by lane.");
        meter.CreateObservableGauge<long>(TicketsWaiting, () => waiting is { } known ? [new(known)] : [], "{ticket}", "Open tickets that nobody has accepted, when somebody last looked.");
    }

    /// <summary>The role and transport of each connection, asked for when somebody reads.</summary>
    public void Count(Func<IEnumerable<(string Role, string Transport)>> connections) => meter.CreateObservableGauge(
        Connections,
        () => connections().GroupBy(c => c).Select(g => new Measurement<int>(g.Count(), new("role", g.Key.Role), new KeyValuePair<string, object?>("transport", g.Key.Transport))),
        "{connection}", "Open hub connections, by role and transport.");

    /// <summary>The pages that are open and connected, asked for when somebody reads.</summary>
    public void Count(Func<int> pages) => meter.CreateObservableGauge(Circuits, pages, "{circuit}", "Pages that are open and connected.");

    public void Acked(int messages) => acked.Add(messages);

    public void Refused(string code) => refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Moved(string happened, int tickets = 1) => moved.Add(tickets, new KeyValuePair<string, object?>("event", happened));

    public void Overflowed() => overflows.Add(1);

    /// <summary>Its frame is being handed to a socket. Passing signals have no commit, and what fills a hole is old: neither is measured.</summary>
    public ValueTask Pushed(LiveEvent happened, Task sending)
    {
        if (happened is not { Entry: not null, Committed: > 0 }) return new(sending);
        if (!sending.IsCompletedSuccessfully) return Waited(happened, sending);
        push.Record(Stopwatch.GetElapsedTime(happened.Committed).TotalSeconds);
        return default;
    }

    private async ValueTask Waited(LiveEvent happened, Task sending)
    {
        await sending;
        push.Record(Stopwatch.GetElapsedTime(happened.Committed).TotalSeconds);
    }

    public void Followed(TimeSpan behind) => lag.Record(behind.TotalSeconds);

    internal void Waiting(long tickets) => waiting = tickets;

    internal void Lane(string lane, Func<int> length) => queues[lane] = length;

    internal void Wrote(string lane, int writes, long since)
    {
        var tag = new KeyValuePair<string, object?>("lane", lane);
        size.Record(writes, tag);
        duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, tag);
    }
}
