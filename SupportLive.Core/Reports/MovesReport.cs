using Npgsql;
using SupportLive.Core.Live;

namespace SupportLive.Core.Reports;

/// <summary>How many tickets were reopened, rejected and escalated in the period; each counts once, however often it happened.</summary>
internal static class MovesReport
{
    public static string Sql(ReportScope scope) => $"""
        select (l.at >= @from), l.kind, count(distinct l.ticket_id)::int
        from timeline l {scope.JoinTickets}
        where l.kind in ('{Wire.TicketReopened}', '{Wire.TicketRejected}', '{Wire.TicketEscalated}') and l.at >= @before and l.at < @to{scope.And}
        group by 1, 2
        """;

    public static (bool Current, string Kind, int Tickets) Read(NpgsqlDataReader row) => (row.GetBoolean(0), row.GetString(1), row.GetInt32(2));
}
