using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>The tickets behind the figures, for the page and for export.</summary>
public sealed class ReportTickets(ReportSessions sessions, ReportQueries reports, TimeProvider time)
{
    /// <summary>Rows that are read, and held, at a time.</summary>
    public const int PageSize = 500;

    /// <summary>
    /// The numbers of all tickets of a selection, newest first: eight bytes each, so that an export knows how long it will be, meets each ticket once whatever
    /// happens meanwhile, and holds no transaction open for as long as somebody's line is slow. Refused without the permission to read reports.
    /// </summary>
    public async Task<Outcome<long[]>> Numbers(Actor actor, ReportAsked asked, TicketSelection selection, CancellationToken ct)
    {
        if (!actor.May(Permissions.ReportsRead)) return Refusal.Forbidden();
        var scope = await reports.Scope(asked, time.GetUtcNow(), ct);
        var sql = scope.Command($"select coalesce(array_agg(t.number order by t.number desc), '{{}}') from tickets t where {selection.Sql(scope)}");
        if (selection.Status is { } status) sql.Parameters.Add(new NpgsqlParameter<string>("status", StatusWords.Of(status)));
        if (selection.By is { } by) sql.Parameters.Add(new NpgsqlParameter<Guid>("by", by));
        if (selection.Hour is { } hour) sql.Parameters.Add(new NpgsqlParameter<int>("hour", hour));
        if (selection.Age is { } age) sql.Parameters.Add(new NpgsqlParameter<int>("age", age));
        await using var session = await sessions.Open(ct);
        await using var batch = new NpgsqlBatch(session);
        batch.BatchCommands.Add(sql);
        return (long[])(await batch.ExecuteScalarAsync(ct))!;
    }

    /// <summary>These tickets as they stand now, in this order; at most <see cref="PageSize"/>.</summary>
    public async Task<IReadOnlyList<TicketLine>> Lines(ReadOnlyMemory<long> numbers, CancellationToken ct)
    {
        await using var command = sessions.Command(
            """
            select t.number, t.subject, t.status, t.category, t.priority, c.display_name, a.display_name, t.created_at, t.accepted_at, t.first_response_at, t.resolved_at, t.closed_at,
              t.rejected_at, t.escalation_level, t.rating, t.rating_comment, t.tags
            from unnest($1) with ordinality n(number, place) join tickets t on t.number = n.number join accounts c on c.id = t.customer_id left join accounts a on a.id = t.assignee_id
            order by n.place
            """);
        command.Parameters.Add(new() { Value = numbers.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        var lines = new List<TicketLine>(numbers.Length);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            lines.Add(new TicketLine(
                row.GetInt64(0), row.GetString(1), StatusWords.Status(row.GetString(2)), row.GetString(3), (TicketPriority)row.GetInt16(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6),
                row.GetFieldValue<DateTimeOffset>(7), At(8), At(9), At(10), At(11), At(12), row.GetInt32(13), row.IsDBNull(14) ? null : row.GetInt32(14), row.IsDBNull(15) ? null : row.GetString(15),
                row.GetFieldValue<string[]>(16)));
        }

        return lines;

        DateTimeOffset? At(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }
}

/// <summary>One ticket of an export.</summary>
public sealed record TicketLine(
    long Number, string Subject, TicketStatus Status, string Category, TicketPriority Priority, string Customer, string? Agent, DateTimeOffset CreatedAt, DateTimeOffset? AcceptedAt,
    DateTimeOffset? FirstResponseAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt, DateTimeOffset? RejectedAt, int EscalationLevel, int? Rating, string? RatingComment, string[] Tags)
{
    public double? FirstResponseSeconds => (FirstResponseAt - CreatedAt)?.TotalSeconds;

    public double? ResolutionSeconds => (ResolvedAt - CreatedAt)?.TotalSeconds;
}
