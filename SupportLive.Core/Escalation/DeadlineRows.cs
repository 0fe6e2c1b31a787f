using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>
/// The SQL of deadlines. Planning runs on the session that holds the lock, so that who lost the lock plans nothing; a look is taken and
/// cleared here, but what a rule does is written under the ticket's lock (<see cref="Firing"/>).
/// </summary>
internal sealed class DeadlineRows(NpgsqlConnection connection)
{
    public const string Follower = "deadlines";

    private const string Facts = "t.id, t.status, t.priority, t.category, t.created_at, t.first_response_at, t.waiting_since, t.resolved_at, t.last_message_at";

    private static readonly SnakeEnum<TicketStatus> Status = new();

    /// <summary>Where the log has been read up to, and how far it can be read: everything below is visible now or never.</summary>
    public async Task<(ulong From, ulong To)> Stretch(CancellationToken ct)
    {
        await using var command = Command("select c.tx, pg_snapshot_xmin(pg_current_snapshot()) from follower_cursors c where name = $1", Follower);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1));
    }

    public async Task Move(ulong to, CancellationToken ct)
    {
        await using var command = Command("update follower_cursors set tx = $1 where name = $2", Xid(to), Follower);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The tickets that the log tells of in a stretch, as they are now, each with what is planned for it.</summary>
    public Task<List<Known>> Touched(ulong from, ulong to, bool messages, CancellationToken ct) => Read(
        $"""
        with touched as materialized (
            select distinct ticket_id from timeline where tx >= $1 and tx < $2 and ($3 or kind not in ('message', 'note'))
        )
        select {Facts}, d.rule_id, d.due_at, d.fired_for
        from touched join tickets t on t.id = touched.ticket_id left join deadlines d on d.ticket_id = t.id
        order by t.id
        """, ct, Xid(from), Xid(to), messages);

    /// <summary>A page of the tickets that a rule may concern, the newest first, each with what is planned for it by this rule.</summary>
    public Task<List<Known>> Page(Guid rule, IReadOnlyList<TicketStatus> statuses, Guid before, int limit, CancellationToken ct) => Read(
        $"""
        select {Facts}, d.rule_id, d.due_at, d.fired_for
        from (select * from tickets where id < $1 and status = any($2) order by id desc limit $3) t left join deadlines d on d.ticket_id = t.id and d.rule_id = $4
        order by t.id desc
        """, ct, before, statuses.Select(s => (string)Status.ConvertToProvider(s)!).ToArray(), limit, rule);

    /// <summary>
    /// What is to be looked at now. The latest first: after an hour's outage, or a new rule over an old backlog, what falls due just
    /// now is still in time.
    /// </summary>
    public Task<List<Known>> Due(DateTimeOffset now, int limit, CancellationToken ct) => Read(
        $"""
        select {Facts}, d.rule_id, d.due_at, d.fired_for
        from (select * from deadlines where due_at <= $1 order by due_at desc limit $2) d join tickets t on t.id = d.ticket_id
        order by d.due_at desc
        """, ct, now, limit);

    private async Task<List<Known>> Read(string sql, CancellationToken ct, params object[] values)
    {
        var all = new List<Known>();
        await using var command = Command(sql, values);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            var id = row.GetGuid(0);
            var last = all.Count > 0 && all[^1].Ticket.Id == id ? all[^1] : null;
            if (last is null)
            {
                all.Add(last = new Known(new TicketFacts(
                    id, (TicketStatus)Status.ConvertFromProvider(row.GetString(1))!, (TicketPriority)row.GetInt16(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4),
                    Time(row, 5), Time(row, 6), Time(row, 7), Time(row, 8)), []));
            }

            if (!row.IsDBNull(9)) last.Looks[row.GetGuid(9)] = (Time(row, 10), Time(row, 11));
        }

        return all;
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    public async Task<DateTimeOffset?> Soonest(CancellationToken ct)
    {
        await using var command = Command("select min(due_at) from deadlines where due_at is not null");
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }

    /// <summary>Sets when to look; null to forget. What a rule has fired for is never forgotten.</summary>
    public async Task Write(IReadOnlyList<(Guid Ticket, Guid Rule, DateTimeOffset? DueAt)> looks, CancellationToken ct)
    {
        if (looks.Count == 0) return;
        var forgotten = looks.Where(l => l.DueAt is null).ToList();
        var planned = looks.Where(l => l.DueAt is not null).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(With(new NpgsqlBatchCommand(
            """
            insert into deadlines (ticket_id, rule_id, due_at) select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[])
            on conflict (ticket_id, rule_id) do update set due_at = excluded.due_at
            """), planned.ConvertAll(l => l.Ticket), planned.ConvertAll(l => l.Rule), planned.ConvertAll(l => l.DueAt!.Value)));
        batch.BatchCommands.Add(With(new NpgsqlBatchCommand("delete from deadlines d using unnest($1::uuid[], $2::uuid[]) f(t, r) where d.ticket_id = t and d.rule_id = r and d.fired_for is null"),
            forgotten.ConvertAll(l => l.Ticket), forgotten.ConvertAll(l => l.Rule)));
        batch.BatchCommands.Add(With(new NpgsqlBatchCommand("update deadlines d set due_at = null from unnest($1::uuid[], $2::uuid[]) f(t, r) where d.ticket_id = t and d.rule_id = r"),
            forgotten.ConvertAll(l => l.Ticket), forgotten.ConvertAll(l => l.Rule)));
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>For which making of each watch all tickets have been planned.</summary>
    public async Task<Dictionary<Guid, string>> Planned(CancellationToken ct)
    {
        var all = new Dictionary<Guid, string>();
        await using var command = Command("select rule_id, made from planned_watches");
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) all[row.GetGuid(0)] = row.GetString(1);
        return all;
    }

    public async Task SetPlanned(Guid rule, string made, CancellationToken ct)
    {
        await using var command = Command("insert into planned_watches (rule_id, made) values ($1, $2) on conflict (rule_id) do update set made = excluded.made", rule, made);
        await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        return command;
    }

    private static NpgsqlBatchCommand With(NpgsqlBatchCommand command, params object[] values)
    {
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static NpgsqlParameter Xid(ulong value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Xid8 };
}

/// <summary>A ticket, and what is planned for it by rule.</summary>
internal sealed record Known(TicketFacts Ticket, Dictionary<Guid, (DateTimeOffset? DueAt, DateTimeOffset? FiredFor)> Looks);
