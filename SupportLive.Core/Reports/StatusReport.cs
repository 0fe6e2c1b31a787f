using Npgsql;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>How many tickets are in each status now, whenever they were opened.</summary>
internal static class StatusReport
{
    public static string Sql(ReportScope scope) => $"select t.status, count(*)::int from tickets t where true{scope.And} group by 1";

    public static (TicketStatus Status, int Tickets) Read(NpgsqlDataReader row) => (StatusWords.Status(row.GetString(0)), row.GetInt32(1));
}

/// <summary>
/// How many tickets stood open, in progress and solved at the end of each day: open until first taken, in progress until solved, solved until closed.
/// </summary>
/// <remarks>
/// Four histograms over the days, of opening, taking, solving and ending; what lies before the first day's end is in bucket 0. What has not changed since
/// the period began and is over stands in no status that is counted, so only the rest is read.
/// </remarks>
internal static class StandingReport
{
    public static string Sql(ReportScope scope) => $"""
        with t as materialized (
          select t.created_at as opened, {ReportScope.Steps} from tickets t
          where t.created_at < @to and (t.updated_at >= @from or t.status in ('open', 'in_progress', 'resolved')){scope.And}
        )
        select 0, width_bucket(opened, @ends), count(*)::int from t group by 2
        union all select 1, width_bucket(taken, @ends), count(*)::int from t where taken is not null group by 2
        union all select 2, width_bucket(solved, @ends), count(*)::int from t where solved is not null group by 2
        union all select 3, width_bucket(ended, @ends), count(*)::int from t where ended is not null group by 2
        """;

    public static (int Step, int Day, int Tickets) Read(NpgsqlDataReader row) => (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2));
}

/// <summary>How old the tickets are that are open or in progress now, whenever they were opened.</summary>
internal static class BacklogReport
{
    /// <summary>Bounds of the age groups, in hours.</summary>
    public static IReadOnlyList<int> Hours { get; } = [1, 4, 24, 72, 168, 720];

    /// <summary>The number of a ticket's age group; 0 is the youngest.</summary>
    public static string Group => $"width_bucket(date_part('epoch', @now - t.created_at), array[{string.Join(", ", Hours.Select(h => h * 3600))}]::float8[])";

    public static string Sql(ReportScope scope) => $"""
        select {Group}, t.status, count(*)::int
        from tickets t where t.status in ('open', 'in_progress'){scope.And} group by 1, 2
        """;

    public static (int Group, TicketStatus Status, int Tickets) Read(NpgsqlDataReader row) => (row.GetInt32(0), StatusWords.Status(row.GetString(1)), row.GetInt32(2));
}
