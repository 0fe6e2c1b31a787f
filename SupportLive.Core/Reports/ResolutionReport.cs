using Npgsql;

namespace SupportLive.Core.Reports;

/// <summary>
/// How long it took from opening to being solved: tickets solved in the period, each once, by its last solving in it, whatever became of it afterwards;
/// the samples per category and per who solved it, and how many were solved on each day.
/// </summary>
internal static class ResolutionReport
{
    public static string Sql(ReportScope scope) => $"""
        with timed as materialized (
          select s.current, s.author_id, t.category, greatest(date_part('epoch', s.at - t.created_at), 0) as seconds, case when s.current then width_bucket(s.at, @days) end as day
          from ({Last}) s join tickets t on t.id = s.ticket_id where true{scope.And}
        )
        select current, category, author_id, null::int, count(*)::int, array_agg(seconds) from timed group by 1, 2, 3
        union all
        select true, null, null, day, count(*)::int, null from timed where current group by day
        """;

    /// <summary>The last solving of each ticket in either period.</summary>
    /// <remarks>
    /// Only what was reopened in between can be solved twice. Those few are sorted, so that the last solving is the first row of its group; all others are
    /// taken as they stand in the index, which for a hundred thousand of them is a third of the time.
    /// </remarks>
    public const string Last =
        """
        select (l.at >= @from) as current, l.ticket_id, l.author_id, l.at from timeline l
        where l.kind = 'ticket_resolved' and l.at >= @before and l.at < @to
          and l.ticket_id not in (select r.ticket_id from timeline r where r.kind = 'ticket_reopened' and r.at >= @before and r.at < @to)
        union all
        (select distinct on ((l.at >= @from), l.ticket_id) (l.at >= @from) as current, l.ticket_id, l.author_id, l.at from timeline l
         where l.kind = 'ticket_resolved' and l.at >= @before and l.at < @to
           and l.ticket_id in (select r.ticket_id from timeline r where r.kind = 'ticket_reopened' and r.at >= @before and r.at < @to)
         order by (l.at >= @from), l.ticket_id, l.at desc)
        """;

    public static Solved Read(NpgsqlDataReader row) => row.IsDBNull(3)
        ? new(new Sample(row.GetBoolean(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetFieldValue<double[]>(5)), 0, 0)
        : new(null, row.GetInt32(3), row.GetInt32(4));
}

/// <summary>Either a sample, or the count of a day (numbered from one).</summary>
internal sealed record Solved(Sample? Sample, int Day, int Tickets);
