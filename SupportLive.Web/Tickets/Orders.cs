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

    /// <summary>When something last happened in a ticket.</summary>
    public static DateTimeOffset At(ChatSnapshot row) => row.Ticket.LastMessageAt > row.Ticket.UpdatedAt ? row.Ticket.LastMessageAt.Value : row.Ticket.UpdatedAt;
}
