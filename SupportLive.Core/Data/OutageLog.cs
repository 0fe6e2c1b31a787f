using Microsoft.Extensions.Logging;
using Npgsql;

namespace SupportLive.Core.Data;

/// <summary>
/// Says once that the database does not answer, and once that it does again, however many on this node notice and however often.
/// </summary>
public sealed class OutageLog(NpgsqlDataSource database, TimeProvider time, ILogger<OutageLog> log)
{
    // Without a failure for so long, and answering, it is over: a full disk answers readers while it fails writers.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly Lock turn = new();
    private long? begun;
    private long last;

    /// <summary>Whether an outage has been written down, and not yet its end.</summary>
    public bool Lasts
    {
        get
        {
            lock (turn) return begun is not null;
        }
    }

    public void Failed(Exception reason)
    {
        if (IsBroken(reason)) database.Clear(); // the other connections of the pool are as dead as this one
        lock (turn)
        {
            last = time.GetTimestamp();
            if (begun is not null) return;
            begun = last;
        }

        log.LogWarning("The database does not answer as it should; what needs it is refused as busy until it does: {Reason}", reason.Message);
    }

    // A pool that has none left to give has only busy ones, and would be the poorer for it.
    private static bool IsBroken(Exception reason) =>
        reason is not PostgresException && !reason.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal);

    /// <summary>The database has just answered whoever asks it every few seconds (the log follower).</summary>
    public void Answered()
    {
        TimeSpan lasted;
        lock (turn)
        {
            if (begun is not { } since || time.GetElapsedTime(last) < Quiet) return;
            lasted = time.GetElapsedTime(since, last);
            begun = null;
        }

        log.LogInformation("The database answers again; it failed for {Seconds:0.0} s", lasted.TotalSeconds);
    }
}
