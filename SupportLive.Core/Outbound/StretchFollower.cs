using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound;

/// <summary>
/// Makes rows from the log, a stretch at a time. The cursor moves in the transaction that stores them, so that after any crash each entry has
/// been told of exactly once.
/// </summary>
/// <param name="name">Of the job, and of its cursor.</param>
/// <param name="settle">The shortest rest behind a pass; after a longer one it rests twenty times as long, up to <paramref name="pace"/>.</param>
public abstract class StretchFollower(DatabaseAddress address, LogPulse pulse, OutageLog outages, string name, long key, TimeSpan settle, TimeSpan pace) : DurableFollower(address, outages, name, key)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private const ulong Forgettable = 10_000;

    private ulong read;

    /// <summary>Stores what this stretch of the log asks for. Gives how many rows.</summary>
    protected abstract Task<int> Make(Stretch stretch, CancellationToken ct);

    /// <summary>They are stored.</summary>
    protected abstract Task Made(CancellationToken ct);

    protected sealed override async Task Follow(NpgsqlConnection session, CancellationToken ct)
    {
        read = 0; // the session before may have ended with the database, and with it what was relaxed
        // A crash may take the last passes back, rows and cursor together; they are made again, and the chat's commits do not wait behind these.
        await using (var relaxed = new NpgsqlCommand("set synchronous_commit = off", session)) await relaxed.ExecuteNonQueryAsync(ct);
        while (!ct.IsCancellationRequested)
        {
            var next = pulse.Next; // taken before the pass: what comes during it wakes the next one
            var began = Stopwatch.GetTimestamp();
            if (await Pass(session, ct) > 0) await Made(ct);
            var rest = TimeSpan.FromMilliseconds(Math.Clamp(Stopwatch.GetElapsedTime(began).TotalMilliseconds * 20, settle.TotalMilliseconds, pace.TotalMilliseconds));
            await Task.WhenAny(next, Task.Delay(Look, ct));
            await Task.Delay(rest, ct);
        }
    }

    private async Task<int> Pass(NpgsqlConnection session, CancellationToken ct)
    {
        await using var tx = await session.BeginTransactionAsync(ct);
        ulong from, to;
        await using (var command = new NpgsqlCommand("select c.tx, pg_snapshot_xmin(pg_current_snapshot()) from follower_cursors c where name = $1", session, tx) { Parameters = { new() { Value = Job } } })
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            await row.ReadAsync(ct);
            (from, to) = (row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1));
        }

        from = Math.Max(from, read);
        if (to <= from) return 0;
        var made = await Make(new Stretch(session, tx, from, to), ct);
        if (made > 0 || to - from >= Forgettable)
        {
            await using var command = new NpgsqlCommand("update follower_cursors set tx = $1 where name = $2", session, tx) { Parameters = { Stretch.Xid(to), new() { Value = Job } } };
            await command.ExecuteNonQueryAsync(ct);
            await tx.CommitAsync(ct);
        }

        // An idle desk writes nothing; reading a little again after a restart makes nothing twice.
        read = to;
        return made;
    }

    /// <summary>What committed from one snapshot to another, inside the transaction that tells of it.</summary>
    protected sealed record Stretch(NpgsqlConnection Session, NpgsqlTransaction Transaction, ulong From, ulong To)
    {
        internal static NpgsqlParameter Xid(ulong value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Xid8 };

        /// <summary>With the ends of the stretch as its first two parameters.</summary>
        public NpgsqlCommand Command(string statement, params ReadOnlySpan<TimeSpan> more)
        {
            var command = new NpgsqlCommand(statement, Session, Transaction) { Parameters = { Xid(From), Xid(To) } };
            foreach (var value in more) command.Parameters.Add(new() { Value = value });
            return command;
        }
    }
}
