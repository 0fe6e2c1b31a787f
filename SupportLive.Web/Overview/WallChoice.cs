using Microsoft.AspNetCore.WebUtilities;
using SupportLive.Core.Chat;
using SupportLive.Core.Escalation;
using SupportLive.Core.Overview;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Overview;

/// <summary>Which conversations of the wall are shown, and in which order. Lives in the address, so that every figure can be a link.</summary>
public sealed record WallChoice(string? Show, string? Category, TicketPriority? Priority, Guid? Agent, string? Text, string Sort)
{
    public const string Waiting = "waiting";
    public const string Active = "active";
    public const string Escalated = "escalated";
    public const string Late = "late";

    /// <summary>Kinds of conversations, with the words for them.</summary>
    public static IReadOnlyList<(string Key, string Name)> Kinds { get; } = [(Waiting, "Waiting"), (Active, "In progress"), (Escalated, "Escalated"), (Late, "Past deadline")];

    private static readonly IReadOnlyDictionary<string, Comparison<ChatSnapshot>> Columns = new Dictionary<string, Comparison<ChatSnapshot>>(StringComparer.Ordinal)
    {
        ["number"] = (x, y) => x.Ticket.Number.CompareTo(y.Ticket.Number),
        ["customer"] = (x, y) => string.Compare(x.Ticket.Customer.DisplayName, y.Ticket.Customer.DisplayName, StringComparison.OrdinalIgnoreCase),
        ["agent"] = (x, y) => string.Compare(x.Ticket.Assignee?.DisplayName ?? "￿", y.Ticket.Assignee?.DisplayName ?? "￿", StringComparison.OrdinalIgnoreCase),
        ["priority"] = (x, y) => y.Ticket.Priority.CompareTo(x.Ticket.Priority),
        ["opened"] = (x, y) => x.Ticket.CreatedAt.CompareTo(y.Ticket.CreatedAt),
        ["waiting"] = (x, y) => (x.Ticket.WaitingSince ?? DateTimeOffset.MaxValue).CompareTo(y.Ticket.WaitingSince ?? DateTimeOffset.MaxValue),
        ["last"] = (x, y) => Tickets.Orders.At(y).CompareTo(Tickets.Orders.At(x)),
    };

    /// <summary>What cannot be read is as if it were not there: a link of yesterday still opens the wall.</summary>
    public static WallChoice Parse(string? query)
    {
        var asked = QueryHelpers.ParseQuery(query);
        string? Word(string name) => asked.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 and <= 100 } word ? word : null;
        var sort = Word("sort") is { } column && Columns.ContainsKey(column.TrimStart('-')) ? column : "last";
        return new WallChoice(
            Kinds.Any(k => k.Key == Word("show")) ? Word("show") : null, Word("category"),
            Enum.TryParse<TicketPriority>(Word("priority"), ignoreCase: true, out var priority) && Enum.IsDefined(priority) ? priority : null,
            Guid.TryParse(Word("agent"), out var agent) ? agent : null, Word("q"), sort);
    }

    public bool IsNarrow => (Show, Category, Priority, Agent, Text) != default;

    public bool SortsBy(string column) => Sort.TrimStart('-') == column;

    public bool IsReversed => Sort.StartsWith('-');

    /// <summary>The order after a click on a column: this one, and the other way round at the second click.</summary>
    public string Next(string column) => Sort == column ? $"-{column}" : column;

    public IReadOnlyList<ChatSnapshot> Rows(WallView wall, DueTimes due)
    {
        var rows = wall.Conversations.Where(r => Holds(r, wall, due)).ToList();
        var order = Columns[Sort.TrimStart('-')];
        rows.Sort((x, y) => (IsReversed ? order(y, x) : order(x, y)) is not 0 and var by ? by : y.Ticket.Number.CompareTo(x.Ticket.Number));
        return rows;
    }

    private bool Holds(ChatSnapshot row, WallView wall, DueTimes due)
    {
        var ticket = row.Ticket;
        return (Category is null || ticket.Category == Category)
            && (Priority is null || ticket.Priority == Priority)
            && (Agent is null || ticket.Assignee?.Id == Agent)
            && (Text is null || HasText(ticket))
            && Show switch
            {
                Waiting => ticket.Status == TicketStatus.Open,
                Active => ticket.Status == TicketStatus.InProgress,
                Escalated => ticket is { Escalation: not null, Status: TicketStatus.Open or TicketStatus.InProgress },
                Late => due.Of(ticket)?.At <= wall.At,
                _ => true,
            };
    }

    private bool HasText(TicketSnapshot ticket) =>
        ticket.Subject.Contains(Text!, StringComparison.OrdinalIgnoreCase) || ticket.Customer.DisplayName.Contains(Text!, StringComparison.OrdinalIgnoreCase)
        || Text!.TrimStart('#') == ticket.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
