using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SupportLive.Core.Tickets;

/// <summary>Where a page of a list ended, opaque to clients.</summary>
internal readonly record struct TicketCursor(TicketSort Sort, DateTimeOffset At, TicketPriority Priority, long Number)
{
    /// <summary>Stands for "does not wait": behind everyone who does.</summary>
    internal static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TicketCursor Of(TicketSnapshot ticket, TicketSort sort) => new(sort, sort switch
    {
        TicketSort.Updated => ticket.UpdatedAt,
        TicketSort.Waiting => Waits(ticket) ?? Never,
        TicketSort.Priority or TicketSort.Created => ticket.CreatedAt,
        _ => throw new InvalidOperationException($"Unknown order {sort}."),
    }, ticket.Priority, ticket.Number);

    private static DateTimeOffset? Waits(TicketSnapshot ticket) => ticket.Status is TicketStatus.Open or TicketStatus.InProgress ? ticket.WaitingSince : null;

    /// <summary>The order of a list, the same as the query's; also used by screens that insert live.</summary>
    public static int Compare(TicketSnapshot x, TicketSnapshot y, TicketSort sort)
    {
        var (a, b) = (Of(x, sort), Of(y, sort));
        return sort switch
        {
            TicketSort.Created or TicketSort.Updated => (b.At, b.Number).CompareTo((a.At, a.Number)),
            TicketSort.Waiting => (a.At, a.Number).CompareTo((b.At, b.Number)),
            TicketSort.Priority => (b.Priority, a.At, a.Number).CompareTo((a.Priority, b.At, b.Number)),
            _ => throw new InvalidOperationException($"Unknown order {sort}."),
        };
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{(int)Sort}.{At.UtcTicks}.{(int)Priority}.{Number}")));

    public static TicketCursor? Parse(string? text, TicketSort sort)
    {
        if (text is null || text.Length > 200 || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts.Length == 4
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var s) && s == (int)sort
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var p)
            && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new TicketCursor(sort, new DateTimeOffset(ticks, TimeSpan.Zero), (TicketPriority)p, number)
            : null;
    }
}
