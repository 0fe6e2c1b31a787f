using System.Diagnostics;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Core.Health;

/// <summary>What the database says about itself at this moment: one round trip for its latency, one for the rest.</summary>
public sealed class DatabaseQueries(NpgsqlDataSource database)
{
    // An advisory lock of one bigint stands as two halves; ours fit into the lower one (Locks).
    private const string Moment =
        """
        select count(*) filter (where backend_type = 'client backend'), count(*) filter (where state = 'active' and pid <> pg_backend_pid()), current_setting('max_connections')::int,
          coalesce(max(extract(epoch from clock_timestamp() - xact_start)) filter (where backend_type = 'client backend' and pid <> pg_backend_pid()), 0)::float8, pg_is_in_recovery()
        from pg_stat_activity;
        select l.objid::bigint, l.pid, coalesce(a.application_name, ''), a.backend_start from pg_locks l left join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.classid = 0 and l.objsubid = 1 and l.database = (select oid from pg_database where datname = current_database());
        select coalesce(application_name, ''), coalesce(state, ''), coalesce(sync_state, ''), extract(epoch from replay_lag)::float8 from pg_stat_replication;
        select count(*) from tickets where status = 'open';
        """;

    internal async Task<DatabaseMoment> Now(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var warm = new NpgsqlCommand("select 1", connection)) await warm.ExecuteScalarAsync(ct);
        var since = Stopwatch.GetTimestamp();
        await using (var ping = new NpgsqlCommand("select 1", connection)) await ping.ExecuteScalarAsync(ct);
        var latency = Math.Round(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 2);

        await using var command = new NpgsqlCommand(Moment, connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (connections, active, most, oldest, replica) = ((int)row.GetInt64(0), (int)row.GetInt64(1), row.GetInt32(2), row.GetDouble(3), row.GetBoolean(4));
        await row.NextResultAsync(ct);
        var locks = new List<TakenLock>();
        while (await row.ReadAsync(ct)) locks.Add(new(row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3)));
        await row.NextResultAsync(ct);
        var replicas = new List<ReplicaView>();
        while (await row.ReadAsync(ct)) replicas.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetDouble(3)));
        await row.NextResultAsync(ct);
        await row.ReadAsync(ct);
        return new DatabaseMoment(latency, connections, active, most, Math.Round(oldest, 1), replica, replicas, locks, row.GetInt64(0));
    }

    /// <summary>Names of the locks, out of their one list.</summary>
    internal static IReadOnlyDictionary<long, string> LockNames { get; } =
        typeof(Locks).GetFields().Where(f => f.IsLiteral).ToDictionary(f => (long)f.GetRawConstantValue()!, f => f.Name.ToLowerInvariant());
}

internal sealed record DatabaseMoment(
    double LatencyMs, int Connections, int Active, int MaxConnections, double OldestTransactionSeconds, bool IsReplica, IReadOnlyList<ReplicaView> Replicas, IReadOnlyList<TakenLock> Locks, long TicketsWaiting);

internal sealed record TakenLock(long Key, int Session, string Application, DateTimeOffset? Since);
