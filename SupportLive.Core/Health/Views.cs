namespace SupportLive.Core.Health;

/// <summary>Everything that the system page shows, as one node sees it.</summary>
/// <param name="Database">Null while it does not answer.</param>
public sealed record SystemView(
    DateTimeOffset At, Guid Node, string Version, IReadOnlyList<NodeView> Nodes, TrafficView Traffic, DatabaseView? Database, IReadOnlyList<JobView> Jobs,
    IReadOnlyList<ErrorView> Errors, IReadOnlyList<Verdict> Checks);

/// <summary>How a node does, in its own words.</summary>
/// <param name="ClockOffsetMs">How far the clock of the database is ahead of the node's.</param>
/// <param name="DatabaseMs">Its last round trip; null when there was no answer.</param>
/// <param name="EchoMs">How long its last NOTIFY took to come back to it; null when none did.</param>
/// <param name="SecondsAgo">Since it was last heard.</param>
public sealed record NodeView(
    Guid Id, string Host, int Process, string Version, DateTimeOffset Started, double ClockOffsetMs, double? DatabaseMs, double FollowerLagMs, double? EchoMs,
    IReadOnlyList<ConnectionCount> Connections, int Circuits, double MessagesPerSecond, double? PushP50Ms, double? PushP99Ms, int WriterQueue,
    IReadOnlyList<HeldJob> Jobs, long MemoryBytes, double SecondsAgo = 0);

public sealed record ConnectionCount(string Role, string Transport, int Count);

/// <param name="Session">Of the database, by which the holder of its lock is known.</param>
public sealed record HeldJob(string Name, int Session);

/// <summary>What passed through this node. Times in seconds.</summary>
public sealed record TrafficView(
    double MessagesPerSecond, double MessagesPerSecondLastMinute, long Messages, Percentiles? PushDelay, Percentiles? BatchSize, Percentiles? BatchDuration, int WriterQueue,
    long? TicketsWaiting, IReadOnlyList<CountView> Moves, IReadOnlyList<CountView> Refusals, long Overflows);

public sealed record CountView(string Name, long LastMinute, long Total);

/// <param name="Holder">The node's name, or what its session calls itself when no node says that it is its own; null when nobody holds it.</param>
public sealed record JobView(string Name, string? Holder, Guid? Node, DateTimeOffset? Since);

public sealed record DatabaseView(
    double LatencyMs, int Connections, int Active, int MaxConnections, double OldestTransactionSeconds, bool IsReplica, IReadOnlyList<ReplicaView> Replicas, DatabaseShape Shape);

public sealed record ReplicaView(string Name, string State, string Synchrony, double? LagSeconds);

/// <summary>What changes slowly, and is read every ten seconds.</summary>
/// <param name="Statements">Null when pg_stat_statements cannot be read; <paramref name="StatementsHint"/> then says how to switch it on.</param>
public sealed record DatabaseShape(
    string Version, long SizeBytes, IReadOnlyList<TableView> Tables, IReadOnlyList<NamedValue> Settings, MigrationsView Migrations, ProtectionKeysView Keys,
    IReadOnlyList<StatementView>? Statements, string? StatementsHint);

public sealed record TableView(string Name, long Bytes, long Rows);

public sealed record NamedValue(string Name, string Value);

/// <param name="Unknown">Applied by a newer version than this one.</param>
public sealed record MigrationsView(int Applied, string? Latest, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown);

public sealed record ProtectionKeysView(int Count, DateTimeOffset? ExpiresAt);

/// <summary>A statement without its values.</summary>
public sealed record StatementView(string Statement, long Calls, double MeanMs, double TotalSeconds);

/// <summary>A warning or an error as this node wrote it down, without what people wrote or keep secret.</summary>
public sealed record ErrorView(string Level, string Category, string Message, string? Exception, IReadOnlyList<string> Stack, int Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);
