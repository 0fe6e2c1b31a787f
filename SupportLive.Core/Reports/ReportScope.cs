using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Escalation;

namespace SupportLive.Core.Reports;

/// <summary>What every report of one page is asked about. The SQL of a report names these values, and gets those that it names.</summary>
internal sealed class ReportScope(ReportPeriod period, ReportFilter filter, DueTimes due, DateTimeOffset now)
{
    /// <summary>Whose a ticket is: who holds it now, or, where nobody does, who rejected it.</summary>
    public const string Holder = "coalesce(t.assignee_id, case when t.status = 'rejected' then t.ended_by_id end)";

    /// <summary>From which columns on a ticket was in hand, solved and over; a ticket that is open again was never taken.</summary>
    public const string Steps = "case when t.status <> 'open' then coalesce(t.accepted_at, t.resolved_at, t.closed_at, t.rejected_at) end as taken, coalesce(t.resolved_at, t.closed_at, t.rejected_at) as solved, coalesce(t.closed_at, t.rejected_at) as ended";

    private readonly Lazy<DeadlineTables> deadlines = new(() => DeadlineTables.Of(due, period.Before.From, now));

    public ReportPeriod Period => period;

    public ReportFilter Filter => filter;

    /// <summary>The filter as a condition over <c>t</c>, to be appended.</summary>
    public string And => filter.Sql;

    /// <summary>Nothing, or what the filter needs to judge a row of the log, <c>l</c>.</summary>
    public string JoinTickets => filter.IsEmpty ? "" : "join tickets t on t.id = l.ticket_id";

    public DeadlineTables Deadlines => deadlines.Value;

    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, make) in Values)
            if (sql.Contains($"@{name}", StringComparison.Ordinal)) command.Parameters.Add(make(name));
        return command;
    }

    private Dictionary<string, Func<string, NpgsqlParameter>> Values => new(StringComparer.Ordinal)
    {
        ["from"] = name => Time(name, period.From),
        ["to"] = name => Time(name, period.To),
        ["before"] = name => Time(name, period.Before.From),
        ["now"] = name => Time(name, now),
        ["days"] = name => Times(name, period.Days.Select(d => d.From)),
        ["ends"] = name => Times(name, [.. period.Days.Skip(1).Select(d => d.From), period.To]),
        ["steps"] = name => Times(name, period.Offsets.Select(o => o.From)),
        ["offsets"] = name => new NpgsqlParameter<int[]>(name, [.. period.Offsets.Select(o => o.Seconds)]),
        ["category"] = name => new NpgsqlParameter<string>(name, filter.Category!),
        ["priority"] = name => new NpgsqlParameter<short>(name, (short)filter.Priority!.Value),
        ["agent"] = name => new NpgsqlParameter<Guid>(name, filter.Agent!.Value),
        ["answer_within"] = name => new NpgsqlParameter<long[]>(name, Deadlines.FirstResponse),
        ["solve_within"] = name => new NpgsqlParameter<long[]>(name, Deadlines.Resolution),
        ["opens"] = name => new NpgsqlParameter<long[]>(name, Deadlines.Opens),
        ["counted"] = name => new NpgsqlParameter<long[]>(name, Deadlines.Counted),
        ["lasts"] = name => new NpgsqlParameter<long[]>(name, Deadlines.Lasts),
    };

    private static NpgsqlParameter Time(string name, DateTimeOffset at) => new(name, NpgsqlDbType.TimestampTz) { Value = at.ToUniversalTime() };

    private static NpgsqlParameter Times(string name, IEnumerable<DateTimeOffset> at) => new(name, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz) { Value = at.Select(a => a.ToUniversalTime()).ToArray() };
}
