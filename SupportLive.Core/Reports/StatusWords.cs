using SupportLive.Core.Data;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>Statuses as the database spells them.</summary>
internal static class StatusWords
{
    private static readonly Dictionary<string, TicketStatus> Statuses = Enum.GetValues<TicketStatus>().ToDictionary(Of, StringComparer.Ordinal);

    public static TicketStatus Status(string word) => Statuses[word];

    public static string Of(TicketStatus status) => SnakeCase.Of(status.ToString());
}
