namespace SupportLive.Core.Tickets;

/// <summary>Which tickets, in which order. Everything empty: all that the reader may see, newest first.</summary>
public sealed record TicketFilter
{
    public IReadOnlyList<TicketStatus> Status { get; init; } = [];
    public IReadOnlyList<TicketPriority> Priority { get; init; } = [];
    public IReadOnlyList<string> Category { get; init; } = [];

    /// <summary>Only this person's tickets.</summary>
    public Guid? Assignee { get; init; }

    /// <summary>Only tickets that are offered to this person now.</summary>
    public Guid? OfferedTo { get; init; }

    /// <summary>Only tickets without an assignee.</summary>
    public bool Unassigned { get; init; }
    public bool? Escalated { get; init; }

    /// <summary>Only tickets with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Part of the subject (of one or two letters: a word's beginning), or a number.</summary>
    public string? Text { get; init; }
    public TicketSort Sort { get; init; } = TicketSort.Created;

    /// <summary>1–100.</summary>
    public int Limit { get; init; } = 50;
    public string? Cursor { get; init; }

    /// <summary>Whether a ticket belongs into a list with this filter, by the same rules as the query.</summary>
    public bool Holds(TicketSnapshot ticket) =>
        (Status.Count == 0 || Status.Contains(ticket.Status))
        && (Priority.Count == 0 || Priority.Contains(ticket.Priority))
        && (Category.Count == 0 || Category.Contains(ticket.Category))
        && (Assignee is null || ticket.Assignee?.Id == Assignee)
        && (OfferedTo is null || ticket.Offer?.AgentId == OfferedTo)
        && (!Unassigned || ticket.Assignee is null)
        && (Tag is null || ticket.Tags.Contains(Tag))
        && (Escalated is null || ticket.Escalation is not null == Escalated)
        && (string.IsNullOrWhiteSpace(Text) || HasText(ticket, Text.Trim()));

    private static bool HasText(TicketSnapshot ticket, string text) =>
        (text.Length > 2 ? ticket.Subject.Contains(text, StringComparison.OrdinalIgnoreCase) : $" {ticket.Subject}".Contains($" {text}", StringComparison.OrdinalIgnoreCase))
        || text.TrimStart('#') == ticket.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Waiting: longest first. Priority: highest first, then oldest. Created, updated: newest first.</summary>
public enum TicketSort { Waiting, Priority, Created, Updated }
