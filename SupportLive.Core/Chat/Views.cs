using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Chat;

/// <summary>A stretch of one feed, oldest first.</summary>
/// <param name="PublicSeq">The newest seq of the public feed when this was read.</param>
public sealed record EntryPage(IReadOnlyList<EntryView> Items, int PublicSeq);

/// <summary>A conversation as a reader finds it on entering.</summary>
/// <param name="Entries">Of both feeds that the reader may see, in the order in which they are shown.</param>
/// <param name="Reset">The reader was ahead of the log (a backup was restored): these entries replace what it shows.</param>
/// <param name="More">There is more behind these: ask again with the last seq.</param>
public sealed record ConversationSnapshot(
    TicketSnapshot Ticket, IReadOnlyList<EntryView> Entries, int PublicSeq, int? StaffSeq, IReadOnlyList<PersonView> Participants, bool More, int ReadUpTo, bool Reset = false)
{
    /// <summary>Tickets that belong to this one, as far as the reader may see them.</summary>
    public IReadOnlyList<LinkView> Links { get; init; } = [];
}

/// <summary>One line of a list of conversations.</summary>
public sealed record ChatSnapshot(TicketSnapshot Ticket, EntryView? LastMessage, int Unread);
