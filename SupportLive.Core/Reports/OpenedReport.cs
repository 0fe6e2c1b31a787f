using Npgsql;

namespace SupportLive.Core.Reports;

/// <summary>How many tickets were opened on each day, numbered from one.</summary>
internal static class OpenedReport
{
    public static string Sql(ReportScope scope) => $"select width_bucket(t.created_at, @days), count(*)::int from tickets t where t.created_at >= @from and t.created_at < @to{scope.And} group by 1";

    public static (int Day, int Tickets) Read(NpgsqlDataReader row) => (row.GetInt32(0), row.GetInt32(1));
}

/// <summary>In which hours of the week tickets were opened, on the clocks of the period's time zone; Monday's first hour is 0.</summary>
/// <remarks>The offsets of the zone come along, so that its days are the same everywhere, whatever the database knows of zones.</remarks>
internal static class HeatReport
{
    /// <summary>The hour of the week of a ticket's opening. 1970 began on a Thursday.</summary>
    public const string HourOfWeek = "((floor((date_part('epoch', t.created_at) + (@offsets)[width_bucket(t.created_at, @steps)]) / 3600)::bigint + 72) % 168)::int";

    public static string Sql(ReportScope scope) => $"select {HourOfWeek}, count(*)::int from tickets t where t.created_at >= @from and t.created_at < @to{scope.And} group by 1";

    public static (int Hour, int Tickets) Read(NpgsqlDataReader row) => (row.GetInt32(0), row.GetInt32(1));
}
