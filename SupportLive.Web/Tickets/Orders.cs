using SupportLive.Core.Chat;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>How lists on screens are ordered.</summary>
public static class Orders
{
    /// <summary>The longest waiting first.</summary>
    public static int Waiting(ChatSnapshot x, ChatSnapshot y) => Key(x).CompareTo(Key(y));

    private static (DateTimeOffset, long) Key(ChatSnapshot row) => (row.Ticket.WaitingSince ?? row.Ticket.CreatedAt, row.Ticket.Number);

    /// <summary>What moved last first.</summary>
    public static int Activity(ChatSnapshot x, ChatSnapshot y) => (At(y), y.Ticket.Number).CompareTo((At(x), x.Ticket.Number));

    private static int Priority(ChatSnapshot x, ChatSnapshot y) => (y.Ticket.Priority, x.Ticket.CreatedAt, x.Ticket.Number).CompareTo((x.Ticket.Priority, y.Ticket.CreatedAt, y.Ticket.Number));

    private static int Newest(ChatSnapshot x, ChatSnapshot y) => (y.Ticket.CreatedAt, y.Ticket.Number).CompareTo((x.Ticket.CreatedAt, x.Ticket.Number));

    private static int Waits(ChatSnapshot x, ChatSnapshot y) => (x.Ticket.WaitingSince ?? DateTimeOffset.MaxValue, x.Ticket.Number).CompareTo((y.Ticket.WaitingSince ?? DateTimeOffset.MaxValue, y.Ticket.Number));

    /// <summary>The order of a query.</summary>
    public static Comparison<ChatSnapshot> Of(TicketSort sort) => sort switch
    {
        TicketSort.Waiting => Waits,
        TicketSort.Priority => Priority,
        TicketSort.Created => Newest,
        TicketSort.Updated => Activity,
        _ => throw new InvalidOperationException($"Unknown order {sort}."),
    };

    /// <summary>When something last happened in a ticket.</summary>
    public static DateTimeOffset At(ChatSnapshot row) => row.Ticket.LastMessageAt > row.Ticket.UpdatedAt ? row.Ticket.LastMessageAt.Value : row.Ticket.UpdatedAt;
}
