using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Chat;

/// <summary>One conversation as one reader sees it. The law: an old snapshot and the events since make the fresh snapshot.</summary>
public sealed class ConversationState(Guid readerId)
{
    private static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(5);

    private readonly List<EntryView> entries = [];
    private List<EntryView>? excerpt;
    private readonly Dictionary<Guid, (PersonView Who, DateTimeOffset Until)> typing = [];
    private FeedPlace? shown;
    private FeedPlace? notes;

    public TicketSnapshot? Ticket { get; private set; }

    /// <summary>Of both feeds, in the order in which they are shown.</summary>
    public IReadOnlyList<EntryView> Entries => excerpt ?? entries;

    /// <summary>What is shown is a stretch from before: between it and the newest entries some are not loaded.</summary>
    public bool HasNewer => excerpt is not null;

    /// <summary>Everything up to here has been shown; null before the first load.</summary>
    public int? Shown => shown?.Shown;

    public int? NotesShown => notes?.Shown;

    public int ReadUpTo { get; private set; }

    /// <summary>The first message that was new when the reader came; the divider stands before it.</summary>
    public int? NewFrom { get; private set; }

    public int NewCount => NewFrom is { } from ? entries.Count(e => IsUnread(e, from - 1)) : 0;

    public bool HasOlder => Oldest(excerpt ?? entries) > 1;

    /// <summary>The whole at first, and what was missed later (a snapshot asked for with <see cref="Shown"/>).</summary>
    public void Load(ConversationSnapshot snapshot)
    {
        var first = shown is null;
        shown ??= new FeedPlace(0);
        notes ??= snapshot.StaffSeq is null ? null : new FeedPlace(0);
        Ticket = Ticket is null ? snapshot.Ticket : Ticket.Newer(snapshot.Ticket);
        foreach (var entry in snapshot.Entries) Add(entry);
        shown.ShownUpTo(snapshot.PublicSeq);
        notes?.ShownUpTo(snapshot.StaffSeq ?? 0);
        ReadUpTo = Math.Max(ReadUpTo, snapshot.ReadUpTo);
        if (first) NewFrom = IsReader ? entries.Find(e => IsUnread(e, Math.Max(ReadUpTo, OwnLast)))?.Seq : null;
    }

    // Nobody else's looking counts, and who has answered has read.
    private bool IsReader => Ticket is { } t && (t.Customer.Id == readerId || t.Assignee?.Id == readerId);

    private int OwnLast => entries.FindLast(e => e.Kind == Wire.Message && e.Author?.Id == readerId)?.Seq ?? 0;

    private bool IsUnread(EntryView entry, int mark) => entry.Kind == Wire.Message && entry.Seq > mark && entry.Author?.Id != readerId;

    private static int Oldest(List<EntryView> of) => of.Find(e => e.Feed == Feed.Public)?.Seq ?? 0;

    /// <summary>A stretch from before what is shown.</summary>
    public void Older(IReadOnlyList<EntryView> stretch) => Put(excerpt ?? entries, stretch);

    /// <summary>Whether this place of the public feed is among the newest entries, without a hole between.</summary>
    public bool Reaches(int seq) => Oldest(entries) <= seq;

    /// <summary>Shows a stretch from long before. What happens meanwhile is taken as always, and shown again when the stretch has grown up to it.</summary>
    public void Open(IReadOnlyList<EntryView> stretch)
    {
        excerpt = [];
        Newer(stretch);
    }

    /// <summary>What follows the stretch.</summary>
    public void Newer(IReadOnlyList<EntryView> following)
    {
        if (excerpt is null) return;
        Put(excerpt, following);
        if (following.Count > 0 && !(excerpt.FindLast(e => e.Feed == Feed.Public)?.Seq >= Oldest(entries) - 1)) return;
        Put(entries, excerpt);
        excerpt = null;
    }

    /// <summary>Back to the newest entries.</summary>
    public void Latest() => excerpt = null;

    private static void Put(List<EntryView> into, IReadOnlyList<EntryView> stretch)
    {
        var known = into.Select(e => (e.Feed, e.Seq)).ToHashSet();
        into.AddRange(stretch.Where(e => known.Add((e.Feed, e.Seq))).ToList());
        into.Sort((x, y) => x.Place().CompareTo(y.Place()));
    }

    /// <summary>Next: taken. Known: nothing changed. Hole: read the feed of the event from the log and <see cref="Fill"/>.</summary>
    public Arrival Apply(LiveEvent happened, DateTimeOffset now)
    {
        if (Ticket is not { } ticket) return Arrival.Known;
        switch (happened)
        {
            case Typing t when t.TicketId == ticket.Id && t.Account.Id != readerId:
                typing[t.Account.Id] = (t.Account, now + TypingLasts);
                return Arrival.Next;
            case ReadMoved r when r.TicketId == ticket.Id && r.AccountId == readerId && r.Seq > ReadUpTo:
                ReadUpTo = r.Seq;
                return Arrival.Next;
            case { Entry: { } entry } when entry.TicketId == ticket.Id:
                if (happened is TicketChanged changed) Ticket = ticket.Newer(changed.Ticket);
                var arrival = Place(entry.Feed)?.Judge(entry.Seq) ?? Arrival.Known;
                if (arrival == Arrival.Next) Add(entry);
                return arrival;
            default:
                return Arrival.Known;
        }
    }

    /// <summary>What was missing of a feed, out of the log.</summary>
    public void Fill(IReadOnlyList<EntryView> missing)
    {
        foreach (var entry in missing) Add(entry);
    }

    private void Add(EntryView entry)
    {
        if (Place(entry.Feed) is not { } place || place.Judge(entry.Seq) == Arrival.Known) return;
        place.ShownUpTo(entry.Seq);
        if (entry.Author is { } author) typing.Remove(author.Id);
        Ticket = Ticket?.After(entry);
        var at = entries.FindLastIndex(e => e.Place().CompareTo(entry.Place()) < 0);
        entries.Insert(at + 1, entry);
    }

    private FeedPlace? Place(Feed feed) => feed == Feed.Public ? shown : notes;

    public IReadOnlyList<PersonView> Typists(DateTimeOffset now) => [.. typing.Values.Where(t => t.Until > now).Select(t => t.Who)];

    /// <summary>Whether this reader has something to read, as the customer or the assignee.</summary>
    public bool HasUnread => IsReader && Shown > ReadUpTo;

    public void Read(int seq) => ReadUpTo = Math.Max(ReadUpTo, seq);
}
