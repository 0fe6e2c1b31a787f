using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>What people read for what programs call by other names: customers in sentences, staff in one word.</summary>
public static class Words
{
    public static string ForCustomer(TicketSnapshot ticket) => ticket.Status switch
    {
        TicketStatus.Open => "Waiting for a colleague",
        TicketStatus.InProgress => $"{ticket.Assignee?.DisplayName ?? "A colleague"} is helping you",
        TicketStatus.Resolved => "Solved. Not solved? Reopen",
        TicketStatus.Closed => "Closed",
        TicketStatus.Rejected => $"We could not take this: {ticket.Rejection?.Reason}",
        _ => throw new InvalidOperationException($"Unknown status {ticket.Status}."),
    };

    public static string ForStaff(TicketStatus status) => status switch
    {
        TicketStatus.Open => "Open",
        TicketStatus.InProgress => "In progress",
        TicketStatus.Resolved => "Resolved",
        TicketStatus.Closed => "Closed",
        TicketStatus.Rejected => "Rejected",
        _ => throw new InvalidOperationException($"Unknown status {status}."),
    };

    /// <summary>The class that colours a status badge.</summary>
    public static string Colour(TicketStatus status) => status == TicketStatus.InProgress ? "in-progress" : status.ToString().ToLowerInvariant();

    public static string Colour(TicketPriority priority) => priority.ToString().ToLowerInvariant();

    public static string Urgency(TicketPriority priority) => priority switch
    {
        TicketPriority.Low => "It can wait",
        TicketPriority.Medium => "Normal",
        TicketPriority.High => "It holds us up",
        TicketPriority.Urgent => "Everything is down",
        _ => throw new InvalidOperationException($"Unknown priority {priority}."),
    };

    /// <summary>How the question begins, for one line of a list.</summary>
    public static string Beginning(this TicketSnapshot ticket) => ticket.Description is { Length: > Line } text ? text[..(char.IsHighSurrogate(text[Line - 1]) ? Line - 1 : Line)] : ticket.Description;

    private const int Line = 160;

    public static string Iso(this DateTimeOffset at) => at.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A duration in its two largest units at most: 45 s, 12 min, 3 h 05 min, 2 d 4 h.</summary>
    public static string Short(this TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, (int)span.TotalSeconds)} s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)span.TotalHours} h {span.Minutes:00} min",
        _ => $"{(int)span.TotalDays} d {span.Hours} h",
    };

    /// <summary>A count that never breaks a line.</summary>
    public static string Few(this int count) => count > 99 ? "99+" : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
