using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Chat;

/// <summary>An entry with what its neighbourhood makes of it.</summary>
/// <param name="DayAfter">The time of the line before, to see where a day begins; null at the top.</param>
/// <param name="Joined">Follows another of the same author at once, and needs no name again.</param>
/// <param name="StartsNew">The "new" divider stands before it.</param>
public sealed record Line(EntryView Entry, DateTimeOffset? DayAfter, bool Joined, bool StartsNew)
{
    private static readonly TimeSpan Close = TimeSpan.FromMinutes(5);

    public bool IsTalk => !TicketEvents.IsMove(Entry);

    public static IEnumerable<Line> Of(ConversationState state)
    {
        EntryView? before = null;
        foreach (var entry in state.Entries)
        {
            var isNew = entry.Feed == Feed.Public && entry.Seq == state.NewFrom;
            var joined = before is not null && !isNew && before.Kind == entry.Kind && before.Author?.Id == entry.Author?.Id && entry.At - before.At < Close;
            yield return new Line(entry, before?.At, joined, isNew);
            before = entry;
        }
    }
}
