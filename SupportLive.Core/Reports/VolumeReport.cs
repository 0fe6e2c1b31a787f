using Npgsql;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>
/// How many tickets were opened, and what their customers thought: one row per period, status, category, priority and holder, out of which every
/// sum on the page is made.
/// </summary>
internal static class VolumeReport
{
    public static string Sql(ReportScope scope) => $"""
        select (t.created_at >= @from), t.status, t.category, t.priority, {ReportScope.Holder}, count(*)::int, count(t.rating)::int, coalesce(sum(t.rating), 0)::int
        from tickets t where t.created_at >= @before and t.created_at < @to{scope.And}
        group by 1, 2, 3, 4, 5
        """;

    public static VolumeCell Read(NpgsqlDataReader row) => new(
        row.GetBoolean(0), StatusWords.Status(row.GetString(1)), row.GetString(2), (TicketPriority)row.GetInt16(3), row.IsDBNull(4) ? null : row.GetGuid(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7));
}

/// <summary>Tickets that have all of this in common.</summary>
internal sealed record VolumeCell(bool Current, TicketStatus Status, string Category, TicketPriority Priority, Guid? Holder, int Tickets, int Rated, int Stars);
