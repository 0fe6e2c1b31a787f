using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>A list of tickets as one reader sees it. The law: old rows and the events since make the fresh rows.</summary>
/// <param name="filter">Which tickets belong here.</param>
/// <param name="readerId">Whose unread messages are counted.</param>
/// <param name="order">How rows are shown.</param>
public sealed class TicketListState(TicketFilter filter, Guid readerId, Comparison<ChatSnapshot> order)
{
    private const int UnreadLimit = 100;

    private readonly Dictionary<Guid, ChatSnapshot> rows = [];
    private readonly Dictionary<Guid, (ChatSnapshot Row, string By)> leaving = [];
    private readonly HashSet<Guid> unknown = [];
    private List<ChatSnapshot>? sorted;

    public TicketFilter Filter => filter;

    public bool IsLoaded { get; private set; }

    public int Count => rows.Count;

    public IReadOnlyList<ChatSnapshot> Rows
    {
        get
        {
            if (sorted is not null) return sorted;
            sorted = [.. rows.Values, .. leaving.Values.Select(l => l.Row)];
            sorted.Sort(order);
            return sorted;
        }
    }

    /// <summary>Rows whose conversation has to be read: new here, or the reader's part in it changed. Answer with <see cref="Put"/>.</summary>
    public IReadOnlyList<TicketSnapshot> Unknown => [.. unknown.Where(rows.ContainsKey).Select(id => rows[id].Ticket)];

    public bool HasLeaving => leaving.Count > 0;

    /// <summary>Who took a row that is about to go; null for all others.</summary>
    public string? TakenBy(Guid ticketId) => leaving.TryGetValue(ticketId, out var l) ? l.By : null;

    public void Load(IReadOnlyList<ChatSnapshot> fresh)
    {
        rows.Clear();
        unknown.Clear();
        foreach (var row in fresh) rows[row.Ticket.Id] = row;
        (IsLoaded, sorted) = (true, null);
    }

    /// <summary>Further rows, or rows that were read again; what is known to be newer stays.</summary>
    public void Put(IReadOnlyList<ChatSnapshot> read)
    {
        foreach (var row in read)
        {
            unknown.Remove(row.Ticket.Id);
            rows[row.Ticket.Id] = rows.TryGetValue(row.Ticket.Id, out var known) ? Newer(known, row) : row;
        }

        sorted = null;
    }

    private static ChatSnapshot Newer(ChatSnapshot known, ChatSnapshot row) =>
        known.LastMessage?.Seq > (row.LastMessage?.Seq ?? 0) ? known with { Ticket = known.Ticket.Newer(row.Ticket) } : row with { Ticket = known.Ticket.Newer(row.Ticket) };

    public bool Apply(LiveEvent happened)
    {
        var changed = happened switch
        {
            TicketChanged moved => Take(moved),
            MessagePosted { Posted.Feed: Feed.Public } posted => Take(posted.Posted),
            ReadMoved read when read.AccountId == readerId => Take(read),
            _ => false,
        };
        if (changed) sorted = null;
        return changed;
    }

    private bool Take(TicketChanged moved)
    {
        var id = moved.Ticket.Id;
        var there = rows.TryGetValue(id, out var known);
        if (there && moved.Ticket.Version < known!.Ticket.Version && moved.Ticket.OfferSeq <= known.Ticket.OfferSeq) return false;
        if (filter.Holds(there ? known!.Ticket.Newer(moved.Ticket) : moved.Ticket))
        {
            leaving.Remove(id);
            rows[id] = there ? known! with { Ticket = known.Ticket.Newer(moved.Ticket) } : new ChatSnapshot(moved.Ticket, null, 0);
            if (!there || known!.Ticket.Assignee?.Id != moved.Ticket.Assignee?.Id) unknown.Add(id);
            return true;
        }

        if (!there) return false;
        rows.Remove(id);
        if (moved.Moved.Author is { } by && by.Id != readerId) leaving[id] = (known! with { Ticket = moved.Ticket }, by.DisplayName);
        return true;
    }

    private bool Take(EntryView message)
    {
        if (!rows.TryGetValue(message.TicketId, out var row) || row.LastMessage?.Seq >= message.Seq) return false;
        var isReader = row.Ticket.Customer.Id == readerId || row.Ticket.Assignee?.Id == readerId;
        var unread = message.Author?.Id == readerId ? 0 : isReader ? Math.Min(UnreadLimit, row.Unread + 1) : 0;
        rows[message.TicketId] = new ChatSnapshot(row.Ticket.After(message), message, unread);
        return true;
    }

    private bool Take(ReadMoved read)
    {
        if (!rows.TryGetValue(read.TicketId, out var row) || row.Unread == 0) return false;
        if (read.Seq < row.LastMessage?.Seq) unknown.Add(read.TicketId);
        else rows[read.TicketId] = row with { Unread = 0 };
        return true;
    }

    /// <summary>Lets go of rows that somebody took.</summary>
    public void Sweep()
    {
        leaving.Clear();
        sorted = null;
    }
}
