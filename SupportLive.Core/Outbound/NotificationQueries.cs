using System.Data;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Outbound;

/// <summary>An account's stored notifications.</summary>
public sealed class NotificationQueries(IDbContextFactory<SupportDb> dbs)
{
    /// <summary>Newest first, and how many are unread in all; both as of one moment, so that what comes in between is not counted twice.</summary>
    public async Task<(IReadOnlyList<NotificationView> Items, int Unread)> Newest(Actor actor, int limit, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var newest = await Views(db, db.Notifications.Where(n => n.AccountId == actor.Id).OrderByDescending(n => n.At).Take(limit), ct);
        return ([.. newest.Select(n => n.View).OrderByDescending(n => n.At)], await Unread(db, actor, ct));
    }

    public async Task<int> Unread(Actor actor, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Unread(db, actor, ct);
    }

    private static Task<int> Unread(SupportDb db, Actor actor, CancellationToken ct) => db.Notifications.CountAsync(n => n.AccountId == actor.Id && n.ReadAt == null, ct);

    internal async Task<IReadOnlyList<NotificationRaised>> Raised(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        await using var db = await dbs.CreateDbContextAsync(ct);
        return [.. (await Views(db, db.Notifications.Where(n => ids.Contains(n.Id)), ct)).Select(n => new NotificationRaised(n.AccountId, n.View))];
    }

    private static async Task<IReadOnlyList<(Guid AccountId, NotificationView View)>> Views(SupportDb db, IQueryable<Notification> notifications, CancellationToken ct)
    {
        var rows = await (from n in notifications.AsNoTracking()
                          join t in db.Tickets on n.TicketId equals t.Id
                          join e in db.Timeline on new { n.TicketId, n.Feed, n.Seq } equals new { e.TicketId, e.Feed, e.Seq }
                          join a in db.Users on e.AuthorId equals a.Id into authors
                          from author in authors.DefaultIfEmpty()
                          select new { n, t.Number, t.Subject, t.CustomerId, Entry = e, AuthorName = author.DisplayName }).ToListAsync(ct);
        return [.. rows.Select(r => (r.n.AccountId, View(r.n, r.Number, r.Subject, new NamedEntry { Entry = r.Entry, AuthorName = r.AuthorName }.View(), r.n.AccountId == r.CustomerId)))];
    }

    private static NotificationView View(Notification n, long number, string subject, EntryView entry, bool isCustomer)
    {
        var title = n.Kind switch
        {
            Wire.Message when n.Count > 1 => $"{n.Count} new messages from {entry.Author?.DisplayName}",
            Wire.Message => $"New message from {entry.Author?.DisplayName}",
            Wire.Note => $"Note from {entry.Author?.DisplayName}",
            Wire.Mention => $"{entry.Author?.DisplayName ?? "SupportLive"} mentioned you in #{number}",
            Wire.TicketCreated => $"New ticket from {entry.Author?.DisplayName}",
            _ => isCustomer ? Sentences.ForCustomer(entry) : Sentences.Of(entry),
        };
        var text = n.Kind is Wire.Message or Wire.Note ? Shortened(entry.Body ?? "") : subject;
        return new NotificationView(n.Id, n.Kind, n.TicketId, number, title, text, n.At, n.ReadAt, n.Kind == Wire.Mention ? n.Seq : null);
    }

    // A signal must fit into 8,000 bytes, and a drawer into one line.
    private static string Shortened(string text) => text.ReplaceLineEndings(" ") is var line && line.Length <= 140 ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[138]) ? 138 : 139), "…");
}
