using Npgsql;
using SupportLive.Core.Live;

namespace SupportLive.Core.Reports;

/// <summary>How many tickets each person handled: took, was given, rejected or solved in the period; each ticket once per person.</summary>
internal static class HandledReport
{
    public static string Sql(ReportScope scope) => $"""
        select h.person, count(*)::int from ({Handled(scope)}) h where h.person is not null group by 1
        """;

    /// <summary>Who handled which ticket, each pair once.</summary>
    public static string Handled(ReportScope scope) => $"""
        select l.author_id as person, l.ticket_id from timeline l {scope.JoinTickets}
        where l.kind in ('{Wire.TicketAccepted}', '{Wire.TicketRejected}', '{Wire.TicketResolved}') and l.at >= @from and l.at < @to{scope.And}
        union
        select (l.data->'assignee'->>'id')::uuid, l.ticket_id from timeline l {scope.JoinTickets}
        where l.kind = '{Wire.TicketAssigned}' and l.at >= @from and l.at < @to{scope.And}
        """;

    public static (Guid Person, int Tickets) Read(NpgsqlDataReader row) => (row.GetGuid(0), row.GetInt32(1));
}
