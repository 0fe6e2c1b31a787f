using System.Globalization;

namespace SupportLive.Core.Health;

/// <summary>Judges what was seen. Pure: figures in, sentences out.</summary>
internal static class Checks
{
    public static IEnumerable<Verdict> Of(Sight sight, HealthOptions options)
    {
        yield return Database(sight);
        if (sight.Database is { } database)
        {
            yield return Safety(database);
            yield return Letters(database);
            yield return Connections(database);
            yield return Migrations(database.Shape.Migrations);
            yield return Keys(database.Shape.Keys, sight.At);
        }

        yield return Listening(sight);
        yield return Clocks(sight.Nodes, options);
        yield return Followers(sight.Nodes);
        if (sight.Jobs is { } jobs) yield return Jobs(jobs);
        yield return Disk(sight.Disk, options);
        if (Versions(sight.Nodes) is { } versions) yield return versions;
    }

    private static Verdict Database(Sight sight) => sight.Database switch
    {
        null => Fail("Database", "The database does not answer.", "See that PostgreSQL runs and can be reached from this machine, and that it has connections left. What needs it is refused as busy until then; nothing that was acknowledged is lost."),
        { IsReplica: true } => Fail("Database", "This database is a standby, which takes no writes.", "Let the connection string name the primary, or promote this one."),
        { LatencyMs: > 50 and var ms } => Warn("Database", $"A trivial statement takes {N(ms)} ms.", "Put nodes and database into one network, and look at the database's load and the slowest statements."),
        { OldestTransactionSeconds: > 60 and var s } => Warn("Database", $"A transaction has been open for {N(s)} s. Until it ends, other nodes cannot be shown what was written since.", "Find it in pg_stat_activity (order by xact_start) and end it."),
        { LatencyMs: var ms } => Ok("Database", $"It answers in {N(ms)} ms."),
    };

    private static Verdict Safety(DatabaseView database)
    {
        var off = database.Shape.Settings.Where(s => s is { Name: "fsync" or "synchronous_commit" or "full_page_writes", Value: "off" }).Select(s => s.Name).ToList();
        return off.Count == 0
            ? Ok("Database settings", "What is acknowledged survives a crash: fsync, synchronous_commit and full_page_writes are on.")
            : Fail("Database settings", $"{string.Join(" and ", off)} {(off.Count == 1 ? "is" : "are")} off: a crash loses messages that were acknowledged.", "Turn it on in postgresql.conf, reload PostgreSQL, and take Database__AllowUnsafe away.");
    }

    private static Verdict Letters(DatabaseView database) => database.Shape.Settings.Any(s => s is { Name: "lc_ctype", Value: "C" or "POSIX" })
        ? Warn("Letters", "This database knows capital and small letters of English only: who searches for “übung” does not find “Übung”.", "Dump the database, make it again with: createdb --template=template0 --encoding=UTF8 --locale=C --lc-ctype=C.UTF-8, and restore it.")
        : Ok("Letters", "Search knows the capital and small letters of all alphabets.");

    private static Verdict Connections(DatabaseView database) => database.Connections > database.MaxConnections * .8
        ? Warn("Database connections", $"{database.Connections} of {database.MaxConnections} are taken; without one left, callers are told to try again.", "Raise max_connections to about 105 for each node, or set Maximum Pool Size in the connection string.")
        : Ok("Database connections", $"{database.Connections} of {database.MaxConnections} are taken.");

    private static Verdict Migrations(MigrationsView migrations) => migrations switch
    {
        { Unknown.Count: > 0 and var n } => Warn("Migrations", $"{n} {(n == 1 ? "migration" : "migrations")} of this database came with a newer version than this node's.", "Bring all nodes to the same, newest version."),
        { Pending.Count: > 0 and var n } => Fail("Migrations", $"{n} {(n == 1 ? "migration is" : "migrations are")} missing in this database.", "Start this node again: it migrates when it starts. If it is missing again, the database was restored from an older backup while it ran."),
        _ => Ok("Migrations", $"All {migrations.Applied} are applied, the last is {migrations.Latest}."),
    };

    private static Verdict Keys(ProtectionKeysView keys, DateTimeOffset now) => keys switch
    {
        { Count: 0 } => Warn("Data-protection keys", "None is stored yet; the first log-in makes one.", "Log in once. If this stays, the table protection_keys cannot be written to."),
        { ExpiresAt: { } until } when until < now => Fail("Data-protection keys", "All keys have expired, so log-ins by cookie fail.", "See that this node may write to the table protection_keys, and start it again."),
        _ => Ok("Data-protection keys", $"{keys.Count} in the database, so every node reads every node's cookies."),
    };

    private static Verdict Listening(Sight sight) => sight.Echo switch
    {
        null when sight.JustStarted => Ok("LISTEN and NOTIFY", "This node has just started; in some seconds it is known."),
        null => Fail("LISTEN and NOTIFY", "This node's own signal does not come back to it: news of other nodes arrives up to five seconds late, and typing not at all.",
            "Let the connection string lead to PostgreSQL itself, not through a transaction pooler such as PgBouncer in transaction mode, and see that no firewall cuts idle connections."),
        { TotalMilliseconds: > 1000 and var ms } => Warn("LISTEN and NOTIFY", $"This node's own signal takes {N(ms)} ms to come back.", "Look at the load of the node and of the database."),
        { TotalMilliseconds: var ms } => Ok("LISTEN and NOTIFY", $"This node's own signal comes back in {N(ms)} ms."),
    };

    private static Verdict Clocks(IReadOnlyList<NodeView> nodes, HealthOptions options)
    {
        var worst = nodes.MaxBy(n => Math.Abs(n.ClockOffsetMs));
        var off = Math.Abs(worst?.ClockOffsetMs ?? 0);
        if (off < options.ClockSkewMilliseconds) return Ok("Clocks", $"All nodes are within {N(Math.Max(1, Math.Ceiling(off)))} ms of the database's clock.");
        var seen = $"The clock of {worst!.Host} is {N(Math.Round(off / 1000, 1))} s {(worst.ClockOffsetMs > 0 ? "behind" : "ahead of")} the database's.";
        const string Fix = "Run a time service (chrony, systemd-timesyncd) on that machine and on the database's. Log-ins and deadlines go by these clocks.";
        return off < options.ClockSkewMilliseconds * 10 ? Warn("Clocks", seen, Fix) : Fail("Clocks", seen, Fix);
    }

    private static Verdict Followers(IReadOnlyList<NodeView> nodes)
    {
        var worst = nodes.MaxBy(n => n.FollowerLagMs);
        return worst is { FollowerLagMs: > 2000 and var ms }
            ? Warn("Followers", $"{worst.Host} shows what other nodes wrote {N(Math.Round(ms / 1000, 1))} s late.", "Look for a long transaction in the database and for load on that node; nothing is lost, it catches up.")
            : Ok("Followers", nodes.Count > 1 ? "Every node shows at once what the others write." : "This node is alone, so it follows nobody.");
    }

    private static Verdict Jobs(IReadOnlyList<JobView> jobs)
    {
        var idle = jobs.Where(j => j.Holder is null).Select(j => j.Name).ToList();
        return idle.Count == 0
            ? Ok("Jobs", "Each job runs on one node.")
            : Warn("Jobs", $"Nobody runs {string.Join(" and ", idle)}.", "A job moves to another node within seconds; if this stays, look at the last errors for why it cannot start.");
    }

    private static Verdict Disk(DiskSpace? disk, HealthOptions options)
    {
        if (disk is null) return Warn("Disk", "The free space of the data folder cannot be read.", "See that SUPPORTLIVE_DATA names a folder that this user can reach.");
        var (free, least) = (disk.FreeBytes / 1_000_000, options.DiskFreeMegabytes);
        var seen = $"{N(Math.Round(free / 1000d, 1))} GB are free where the data folder is{(disk.HoldsDatabase ? ", and the database in it" : "")}.";
        const string Fix = "Make room on that volume or enlarge it. A database on a full disk takes no more messages; nothing that was acknowledged is lost.";
        return free >= least ? Ok("Disk", seen) : free >= least / 4 ? Warn("Disk", seen, Fix) : Fail("Disk", seen, Fix);
    }

    private static Verdict? Versions(IReadOnlyList<NodeView> nodes) => nodes.Select(n => n.Version).Distinct(StringComparer.Ordinal).ToList() is { Count: > 1 } versions
        ? Warn("Versions", $"Nodes run different versions: {string.Join(", ", versions)}.", "That is fine while they are exchanged one after the other; finish it.")
        : null;

    private static Verdict Ok(string name, string seen) => new(name, VerdictState.Ok, seen);

    private static Verdict Warn(string name, string seen, string fix) => new(name, VerdictState.Warn, seen, fix);

    private static Verdict Fail(string name, string seen, string fix) => new(name, VerdictState.Fail, seen, fix);

    private static string N(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture);
}

/// <summary>What the checks judge.</summary>
internal sealed record Sight(DateTimeOffset At, DatabaseView? Database, TimeSpan? Echo, IReadOnlyList<NodeView> Nodes, IReadOnlyList<JobView>? Jobs, DiskSpace? Disk, bool JustStarted);

/// <summary>Of the volume with the data folder.</summary>
internal sealed record DiskSpace(long FreeBytes, bool HoldsDatabase);
