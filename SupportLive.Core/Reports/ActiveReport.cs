using Npgsql;

namespace SupportLive.Core.Reports;

/// <summary>
/// How long each agent had at least one conversation in hand: from first taking a ticket to its solution, for whoever holds it now, as far as that lies in
/// the period; what overlaps counts once.
/// </summary>
internal static class ActiveReport
{
    public static string Sql(ReportScope scope) => $"""
        select a.assignee_id, sum(date_part('epoch', upper(a.span) - lower(a.span)))
        from (
          select t.assignee_id, unnest(range_agg(tstzrange(greatest(t.accepted_at, @from), least(coalesce(t.resolved_at, t.closed_at, @now), @to)))) as span
          from tickets t
          where t.created_at < @to and (t.updated_at >= @from or t.status in ('open', 'in_progress', 'resolved')) and t.assignee_id is not null
            and greatest(t.accepted_at, @from) < least(coalesce(t.resolved_at, t.closed_at, @now), @to){scope.And}
          group by 1
        ) a group by 1
        """;

    public static (Guid Agent, double Seconds) Read(NpgsqlDataReader row) => (row.GetGuid(0), row.GetDouble(1));
}
