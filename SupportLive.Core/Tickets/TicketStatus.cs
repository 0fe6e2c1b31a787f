namespace SupportLive.Core.Tickets;

public enum TicketStatus { Open, InProgress, Resolved, Closed, Rejected }

/// <summary>Customers call it urgency. The order is the order of the queue.</summary>
public enum TicketPriority { Low, Medium, High, Urgent }

public static class TicketStatuses
{
    /// <summary>No move and no message leads out of it.</summary>
    public static bool IsTerminal(this TicketStatus status) => status is TicketStatus.Closed or TicketStatus.Rejected;
}
