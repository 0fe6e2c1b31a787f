using Npgsql;

namespace SupportLive.Core.Live;

/// <summary>
/// Names the log in which the numbers of all feeds count. It stays as long as the log does; a restored backup is another log, also when
/// it has grown past the places that readers remember, and who comes with the name of the one before starts over.
/// </summary>
public sealed class Epoch
{
    // What a log is told apart by: the cluster, its branch of history (each recovery to a point in time and each promotion begins one), the
    // database and the table (each restored dump makes new ones). Not seen: files copied back while the server was down; then only
    // readers that are ahead of the log start over.
    private const string Name =
        """
        insert into settings as s (key, value, version, changed_at)
        select 'epoch', jsonb_build_object('epoch', gen_random_uuid(), 'log', concat_ws('/',
            (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),
            (select oid from pg_database where datname = current_database()), 'timeline'::regclass::oid)), 1, now()
        on conflict (key) do update set value = excluded.value, version = s.version + 1, changed_at = excluded.changed_at
          where s.value ->> 'log' <> excluded.value ->> 'log'
        """;

    private volatile string? value;

    /// <summary>Null before the first look, which a node takes before it serves.</summary>
    public string? Value => value;

    /// <summary>Whether a reader who remembers this name knows another log. Who remembers none is taken at its word.</summary>
    public bool IsOver(string? remembered) => remembered is { Length: > 0 } && value is { } now && remembered != now;

    /// <summary>Looks on a connection that is in no transaction; true when the log is another one than at the last look.</summary>
    internal async Task<bool> Look(NpgsqlConnection connection, CancellationToken ct)
    {
        await using (var name = new NpgsqlCommand(Name, connection)) await name.ExecuteNonQueryAsync(ct);
        await using var read = new NpgsqlCommand("select value ->> 'epoch' from settings where key = 'epoch'", connection);
        var (before, now) = (value, (string)(await read.ExecuteScalarAsync(ct))!);
        value = now;
        return before is not null && before != now;
    }
}
