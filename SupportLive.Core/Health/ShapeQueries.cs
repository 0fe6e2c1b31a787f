using System.Globalization;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Core.Health;

/// <summary>What about the database changes slowly: sizes, settings, migrations, keys, and its slowest statements where it counts them.</summary>
public sealed class ShapeQueries(IDbContextFactory<SupportDb> dbs, NpgsqlDataSource database)
{
    private const string SwitchOn = "Add pg_stat_statements to shared_preload_libraries in postgresql.conf, restart PostgreSQL, and run: create extension pg_stat_statements";

    private static readonly string[] Interesting =
    [
        "fsync", "synchronous_commit", "full_page_writes", "max_connections", "shared_buffers", "effective_cache_size", "work_mem", "maintenance_work_mem", "max_wal_size",
        "checkpoint_timeout", "wal_level", "autovacuum", "data_checksums", "random_page_cost", "idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout", "server_encoding", "TimeZone",
    ];

    internal async Task<DatabaseShape> Read(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var version = (string)(await Scalar(connection, "select current_setting('server_version')", ct))!;
        var size = (long)(await Scalar(connection, "select pg_database_size(current_database())", ct))!;
        var tables = await Rows(connection,
            "select relname::text, pg_total_relation_size(oid), greatest(reltuples, 0)::bigint from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 2 desc limit 8",
            r => new TableView(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), ct);
        var settings = await Rows(connection, "select name, current_setting(name) from pg_settings where name = any($1) order by array_position($1, name)", r => new NamedValue(r.GetString(0), r.GetString(1)), ct, (object)Interesting);
        settings.Add(new NamedValue("lc_ctype", (string)(await Scalar(connection, "select datctype::text from pg_database where datname = current_database()", ct))!));
        var (statements, hint) = await Statements(connection, ct);
        await using var db = await dbs.CreateDbContextAsync(ct);
        return new DatabaseShape(version, size, tables, settings, await Migrations(db, ct), await Keys(db, ct), statements, hint);
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private static async Task<List<T>> Rows<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> of, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await row.ReadAsync(ct)) rows.Add(of(row));
        return rows;
    }

    // Statements come with placeholders for values, except those that define something; what stands in quotation marks goes anyway.
    private static async Task<(IReadOnlyList<StatementView>?, string?)> Statements(NpgsqlConnection connection, CancellationToken ct)
    {
        if (await Scalar(connection, "select n.nspname::text from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'", ct) is not string schema)
            return (null, $"PostgreSQL does not count its statements here. {SwitchOn}");
        try
        {
            var slowest = await Rows(connection,
                $"""
                select left(query, 400), calls, mean_exec_time, total_exec_time / 1000 from "{schema}".pg_stat_statements
                where dbid = (select oid from pg_database where datname = current_database()) order by total_exec_time desc limit 5
                """,
                r => new StatementView(Redaction.Sentence(string.Join(' ', r.GetString(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), r.GetInt64(1), Math.Round(r.GetDouble(2), 2), Math.Round(r.GetDouble(3), 1)), ct);
            return (slowest, null);
        }
        catch (PostgresException e) when (!Outage.Is(e))
        {
            return (null, e.SqlState == PostgresErrorCodes.InsufficientPrivilege
                ? "This database user may not read pg_stat_statements. Run: grant pg_read_all_stats to that user"
                : $"The extension is there, but PostgreSQL was not started with it. {SwitchOn}");
        }
    }

    private static async Task<MigrationsView> Migrations(SupportDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        return new(applied.Count, applied.LastOrDefault(), [.. known.Except(applied)], [.. applied.Except(known)]);
    }

    private static async Task<ProtectionKeysView> Keys(SupportDb db, CancellationToken ct)
    {
        var keys = await db.ProtectionKeys.AsNoTracking().Where(k => k.Name.StartsWith("key-")).Select(k => k.Xml).ToListAsync(ct);
        return new(keys.Count, keys.Select(Expiry).Max());
    }

    private static DateTimeOffset? Expiry(string xml) =>
        DateTimeOffset.TryParse(XElement.Parse(xml).Element("expirationDate")?.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
