using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SupportLive.Core.Live;

namespace SupportLive.Core.Health;

/// <summary>Keeps, of this node's meters, what the system page shows: totals, what came in the last minute, how it was spread.</summary>
public sealed class MeterReader : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly TimeProvider time;
    private readonly Lock turn = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Rate>> counters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Spread>> spreads = new(StringComparer.Ordinal);
    private readonly List<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> gauges = [];

    // The factory belongs to one node, also where several live in one process.
    public MeterReader(IMeterFactory factory, TimeProvider time)
    {
        this.time = time;
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, factory)) return;
            if (instrument.Meter.Name == Meters.Name) l.EnableMeasurementEvents(instrument, Kept(instrument));
        };
        listener.SetMeasurementEventCallback<long>(static (instrument, value, tags, kept) => ((Action<double, ReadOnlySpan<KeyValuePair<string, object?>>>)kept!)(value, tags));
        listener.SetMeasurementEventCallback<int>(static (instrument, value, tags, kept) => ((Action<double, ReadOnlySpan<KeyValuePair<string, object?>>>)kept!)(value, tags));
        listener.SetMeasurementEventCallback<double>(static (instrument, value, tags, kept) => ((Action<double, ReadOnlySpan<KeyValuePair<string, object?>>>)kept!)(value, tags));
        listener.Start();
    }

    private Action<double, ReadOnlySpan<KeyValuePair<string, object?>>> Kept(Instrument instrument)
    {
        switch (instrument)
        {
            case Counter<long>:
                var rates = counters.GetOrAdd(instrument.Name, _ => new(StringComparer.Ordinal));
                var counted = rates.GetOrAdd("", new Rate(time));
                return (value, tags) => (tags.IsEmpty ? counted : rates.GetOrAdd(Word(tags), static (_, t) => new Rate(t), time)).Add((long)value);
            case Histogram<double> or Histogram<int>:
                var kept = spreads.GetOrAdd(instrument.Name, _ => new(StringComparer.Ordinal));
                var spread = kept.GetOrAdd("", new Spread(time));
                return (value, tags) => (tags.IsEmpty ? spread : kept.GetOrAdd(Word(tags), static (_, t) => new Spread(t), time)).Add(value);
            default:
                return (value, tags) => gauges.Add((instrument.Name, (long)value, tags.ToArray()));
        }
    }

    private static string Word(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.IsEmpty ? "" : tags[0].Value as string ?? "";

    /// <summary>How much was counted on average in each of the last seconds, at most sixty.</summary>
    public double PerSecond(string counter, int seconds) => (double)Counts(counter).Sum(c => c.Value.Last(seconds)) / seconds;

    public IReadOnlyList<CountView> Counted(string counter) =>
        [.. Counts(counter).Where(c => c.Value.Total > 0).Select(c => new CountView(c.Key, c.Value.Last(60), c.Value.Total)).OrderByDescending(c => c.LastMinute).ThenByDescending(c => c.Total)];

    private ConcurrentDictionary<string, Rate> Counts(string counter) => counters.GetValueOrDefault(counter) ?? [];

    public Percentiles? Spread(string histogram, string tag = "") => spreads.GetValueOrDefault(histogram)?.GetValueOrDefault(tag)?.Read();

    /// <summary>Asks what is only counted when somebody looks; two at once take turns.</summary>
    public Levels Look()
    {
        lock (turn)
        {
            gauges.Clear();
            listener.RecordObservableInstruments();
            return new Levels(
                [.. gauges.Where(g => g.Name == Meters.Connections).Select(g => new ConnectionCount($"{g.Tags[0].Value}", $"{g.Tags[1].Value}", (int)g.Value)).OrderBy(c => c.Role, StringComparer.Ordinal).ThenBy(c => c.Transport, StringComparer.Ordinal)],
                gauges.Where(g => g.Name == Meters.Circuits).Sum(g => (int)g.Value),
                gauges.Where(g => g.Name == Meters.WriterQueue).Sum(g => (int)g.Value),
                gauges.Where(g => g.Name == Meters.TicketsWaiting).Select(g => (long?)g.Value).SingleOrDefault());
        }
    }

    public void Dispose() => listener.Dispose();
}

/// <summary>What there is of something at this moment.</summary>
public sealed record Levels(IReadOnlyList<ConnectionCount> Connections, int Circuits, int WriterQueue, long? TicketsWaiting);
