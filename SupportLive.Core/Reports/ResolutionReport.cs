using Npgsql;

namespace SupportLive.Core.Reports;

/// <summary>
/// How long it took from opening to being solved: tickets solved in the period, each once, by its last solving in it, whatever became of it afterwards;
/// the samples per category and per who solved it, and how many were solved on each day.
/// </summary>
internal static class ResolutionReport
{
    public static string Sql(ReportScope scope) => $"""
        with solved as materialized ({Last}),
        timed as materialized (
          select s.current, s.author_id, t.category, greatest(date_part('epoch', s.at - t.created_at), 0) as seconds, case when s.current then width_bucket(s.at, @days) end as day
          from solved s join tickets t on t.id = s.ticket_id where true{scope.And}
        )
        select current, category, author_id, null::int, count(*)::int, array_agg(seconds) from timed group by 1, 2, 3
        union all
        select true, null, null, day, count(*)::int, null from timed where current group by day
        """;

    /// <summary>The last solving of each ticket in either period, which is the first row of its group.</summary>
    public const string Last =
        """
        select distinct on ((l.at >= @from), l.ticket_id) (l.at >= @from) as current, l.ticket_id, l.author_id, l.at
        from timeline l where l.kind = 'ticket_resolved' and l.at >= @before and l.at < @to
        order by (l.at >= @from), l.ticket_id, l.at desc
        """;

    public static Solved Read(NpgsqlDataReader row) => row.IsDBNull(3)
        ? new(new Sample(row.GetBoolean(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetFieldValue<double[]>(5)), 0, 0)
        : new(null, row.GetInt32(3), row.GetInt32(4));
}

/// <summary>Either a sample, or the count of a day (numbered from one).</summary>
internal sealed record Solved(Sample? Sample, int Day, int Tickets);
