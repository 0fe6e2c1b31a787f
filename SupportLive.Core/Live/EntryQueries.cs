using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;

namespace SupportLive.Core.Live;

/// <summary>How rows of the log become views; who may read them is decided by the callers.</summary>
public static class EntryQueries
{
    /// <summary>All entries with their authors' names.</summary>
    public static IQueryable<NamedEntry> Named(SupportDb db) => Named(db, db.Timeline);

    /// <summary>These entries with their authors' names.</summary>
    public static IQueryable<NamedEntry> Named(SupportDb db, IQueryable<TimelineEntry> entries) =>
        from entry in entries.AsNoTracking()
        join author in db.Users on entry.AuthorId equals author.Id into authors
        from author in authors.DefaultIfEmpty()
        select new NamedEntry { Entry = entry, AuthorName = author.DisplayName };

    /// <summary>What has just been appended to a ticket, as the database has stored it, in the order of the feeds.</summary>
    internal static async Task<IReadOnlyList<LogRow>> Rows(SupportDb db, Guid ticketId, IReadOnlyList<TimelineEntry> recorded, CancellationToken ct)
    {
        var customer = await db.Tickets.Where(t => t.Id == ticketId).Select(t => t.CustomerId).SingleAsync(ct);
        var (first, notes) = (From(Feed.Public), From(Feed.Staff));
        var entries = await Named(db).Where(e => e.Entry.TicketId == ticketId && ((e.Entry.Feed == Feed.Public && e.Entry.Seq >= first) || (e.Entry.Feed == Feed.Staff && e.Entry.Seq >= notes)))
            .OrderBy(e => e.Entry.Feed).ThenBy(e => e.Entry.Seq).ToListAsync(ct);

        int From(Feed feed) => recorded.Where(e => e.Feed == feed).Select(e => e.Seq).DefaultIfEmpty(int.MaxValue).Min();
        return [.. entries.Select(e => new LogRow(e.View(), customer))];
    }
}

/// <summary>A row of the log and its author's name.</summary>
public sealed class NamedEntry
{
    public required TimelineEntry Entry { get; init; }

    public string? AuthorName { get; init; }

    public EntryView View() => new(
        Entry.TicketId, Entry.Feed, Entry.Seq, Entry.Id, Entry.Kind,
        Entry.AuthorId is { } id ? new AuthorView(id, AuthorName ?? "", Entry.AuthorRole ?? "") : null,
        Entry.Body, EntryView.ParseData(Entry.Data), [], Entry.ClientId, Entry.At, Entry.After);
}
