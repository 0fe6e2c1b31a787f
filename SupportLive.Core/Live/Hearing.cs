using System.Diagnostics;

namespace SupportLive.Core.Live;

/// <summary>How well this node hears the database: its clock beside the database's, how old others' entries are on arrival, and whether its own NOTIFY comes back.</summary>
public sealed class Hearing(Meters meters, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    private readonly Lock turn = new();
    private (TimeSpan Lag, long At)? arrived;
    private long? sent;
    private (TimeSpan Took, long At)? echo;
    private long looked = Stopwatch.GetTimestamp();
    private TimeSpan offset;

    /// <summary>How far the clock of the database is ahead of this node's.</summary>
    public TimeSpan ClockOffset
    {
        get
        {
            lock (turn) return offset;
        }

        internal set
        {
            lock (turn) offset = value;
        }
    }

    /// <summary>How old the oldest entry was that last came from another node; and when the follower does not get to look at all, for how long.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (turn)
            {
                var silent = Stopwatch.GetElapsedTime(looked) - TimeSpan.FromSeconds(6); // it looks every five
                var late = arrived is { } last && Stopwatch.GetElapsedTime(last.At) < Remembered ? last.Lag : TimeSpan.Zero;
                return silent > late ? silent : late;
            }
        }
    }

    /// <summary>How long the last NOTIFY took to come back, if one has within <see cref="Remembered"/>.</summary>
    public TimeSpan? Echo
    {
        get
        {
            lock (turn) return echo is { } heard && Stopwatch.GetElapsedTime(heard.At) < Remembered ? heard.Took : null;
        }
    }

    internal void Looked()
    {
        lock (turn) looked = Stopwatch.GetTimestamp();
    }

    /// <summary>How long ago something happened whose time the database has written; never less than nothing.</summary>
    internal TimeSpan Ago(DateTimeOffset at)
    {
        var ago = time.GetUtcNow() + ClockOffset - at;
        return ago > TimeSpan.Zero ? ago : TimeSpan.Zero;
    }

    internal void Arrived(IReadOnlyList<LogRow> rows)
    {
        if (rows.Count == 0) return;
        var behind = Ago(rows.Min(r => r.Entry.At));
        lock (turn) arrived = (behind, Stopwatch.GetTimestamp());
        meters.Followed(behind);
    }

    internal void Sent()
    {
        lock (turn) sent = Stopwatch.GetTimestamp();
    }

    internal void Returned()
    {
        lock (turn)
        {
            if (sent is { } since) echo = (Stopwatch.GetElapsedTime(since), Stopwatch.GetTimestamp());
            sent = null;
        }
    }
}
