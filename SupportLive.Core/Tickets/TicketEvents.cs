using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Tickets;

/// <summary>From rows of the log to events.</summary>
public sealed class TicketEvents(IDbContextFactory<SupportDb> dbs, DueOf due)
{
    /// <summary>For rows of other nodes: reads the tickets that lifecycle events carry, once each.</summary>
    public async Task<IReadOnlyList<LiveEvent>> Read(IReadOnlyList<LogRow> rows, CancellationToken ct)
    {
        var moved = rows.Where(r => IsMove(r.Entry)).Select(r => r.Entry.TicketId).Distinct().ToArray();
        var tickets = new Dictionary<Guid, TicketSnapshot>();
        if (moved.Length > 0)
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            tickets = await TicketQueries.Snapshots(db, db.Tickets.Where(t => moved.Contains(t.Id))).ToDictionaryAsync(t => t.Id, ct);
        }

        return [.. Of(rows, tickets, due)];
    }

    public static IEnumerable<LiveEvent> Of(IEnumerable<LogRow> rows, IReadOnlyDictionary<Guid, TicketSnapshot> tickets, DueOf due) =>
        rows.Select(row => IsMove(row.Entry) ? (LiveEvent)new TicketChanged(tickets[row.Entry.TicketId], row.Entry) { Due = due(tickets[row.Entry.TicketId]) } : new MessagePosted(row.Entry, row.CustomerId));

    public static bool IsMove(EntryView entry) => entry.Kind is not (Wire.Message or Wire.Note);
}

/// <summary>A message or a note was written. Conversations hear it by ticket; lists hear by their own topics that something moved.</summary>
public sealed record MessagePosted(EntryView Posted, Guid CustomerId) : LiveEvent(Posted.Kind)
{
    public override IEnumerable<Topic> Topics => Posted.Feed == Feed.Staff
        ? [Topic.TicketStaff(Posted.TicketId)]
        : [Topic.Ticket(Posted.TicketId), Topic.CustomerChats(CustomerId), Topic.StaffChats];

    public override EntryView Entry => Posted;

    protected override object Body => Posted;
}
