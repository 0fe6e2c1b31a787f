using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Chat;

/// <summary>Reads conversations, always under the reader's rights.</summary>
public sealed class ChatQueries(IDbContextFactory<SupportDb> dbs)
{
    private const int First = 50;
    private const int Stretch = 200;
    private const int UnreadLimit = 100;

    /// <summary>
    /// A stretch of one feed: behind <paramref name="after"/>, or the last ones before <paramref name="before"/>, or the newest.
    /// Refused: not_found; forbidden for the staff feed; invalid for a limit outside 1–200 or both bounds at once.
    /// </summary>
    public async Task<Outcome<EntryPage>> Page(Actor actor, Guid ticketId, Feed feed, int? after, int? before, int limit, CancellationToken ct)
    {
        var check = new Check().That(limit is >= 1 and <= Stretch, "limit", $"The limit is a number from 1 to {Stretch}.")
            .That(after is null || before is null, "before", "Ask for what is after or before, not both.")
            .That(after is null or >= 0, "after", "A seq is not negative.").That(before is null or >= 0, "before", "A seq is not negative.");
        if (check.Refusal is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        if (ticket is null || !TicketTable.CanRead(ticket.State, actor)) return Refusal.NotFound();
        if (feed == Feed.Staff && !TicketTable.CanReadNotes(ticket.State, actor)) return Refusal.Forbidden("Only staff read notes.");
        return new EntryPage(await Entries(db, actor, ticketId, feed, after, before, limit, ct), ticket.PublicSeq);
    }

    private static async Task<List<EntryView>> Entries(SupportDb db, Actor reader, Guid ticketId, Feed feed, int? after, int? before, int limit, CancellationToken ct)
    {
        var rows = EntryQueries.Named(db).Where(e => e.Entry.TicketId == ticketId && e.Entry.Feed == feed);
        if (after is { } a)
        {
            var next = await rows.Where(e => e.Entry.Seq > a).OrderBy(e => e.Entry.Seq).Take(limit).ToListAsync(ct);
            return [.. next.Select(e => e.View().For(reader))];
        }

        if (before is { } b) rows = rows.Where(e => e.Entry.Seq < b);
        var last = await rows.OrderByDescending(e => e.Entry.Seq).Take(limit).ToListAsync(ct);
        last.Reverse();
        return [.. last.Select(e => e.View().For(reader))];
    }

    /// <summary>
    /// What a reader needs to show a conversation, or to catch up with it. Without <paramref name="after"/>: the last fifty entries and the
    /// notes among them. Register with the live stream first and read then, or an entry can fall between.
    /// </summary>
    public async Task<Outcome<ConversationSnapshot>> Join(Actor actor, Guid ticketId, int? after, int? staffAfter, CancellationToken ct)
    {
        if (after < 0 || staffAfter < 0) return Refusal.Invalid("after", "A seq is not negative.");
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await TicketQueries.Snapshots(db, db.Tickets.Where(t => t.Id == ticketId)).SingleOrDefaultAsync(ct);
        if (ticket is null || !TicketTable.CanRead(ticket.State, actor)) return Refusal.NotFound();

        // Ahead of the log: the reader knows a later state of a database that was restored. What it shows must go.
        var reset = after > ticket.PublicSeq || staffAfter > ticket.StaffSeq;
        if (reset) (after, staffAfter) = (null, null);
        var limit = after is null ? First : Stretch;
        // Most who come back have missed nothing of most tickets; what is committed behind this read is on its way to them already.
        var entries = after >= ticket.PublicSeq ? [] : await Entries(db, actor, ticketId, Feed.Public, after, null, limit, ct);
        var more = after is not null && entries.Count == limit;
        var staff = TicketTable.CanReadNotes(ticket.State, actor);
        var staffSeq = staffAfter ?? 0;
        if (staff)
        {
            var notes = staffAfter >= ticket.StaffSeq ? [] : await Entries(db, actor, ticketId, Feed.Staff, staffAfter, null, limit, ct);
            more |= staffAfter is not null && notes.Count == limit;
            staffSeq = notes.Count > 0 ? notes[^1].Seq : Math.Max(staffSeq, staffAfter is null ? ticket.StaffSeq : staffSeq);
            entries.AddRange(notes);
            entries.Sort((x, y) => x.Place().CompareTo(y.Place()));
        }

        // What was read, not what the ticket says: entries may have come between the two reads, in either direction.
        var publicSeq = entries.LastOrDefault(e => e.Feed == Feed.Public)?.Seq ?? after ?? 0;
        var participants = await Participants(db, ticket, ct);
        var mark = await db.ReadMarks.Where(m => m.TicketId == ticketId && m.AccountId == actor.Id).Select(m => (int?)m.Seq).SingleOrDefaultAsync(ct);
        return new ConversationSnapshot(ticket, entries, publicSeq, staff ? staffSeq : null, participants, more, mark ?? 0, reset) { Links = await TicketQueries.Links(db, actor, ticket, ct) };
    }

    /// <summary>How far these tickets' feeds have come; for watchers who have been let in already.</summary>
    public async Task<IReadOnlyList<Heads>> Heads(IReadOnlyCollection<Guid> tickets, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Tickets.Where(t => tickets.Contains(t.Id)).Select(t => new Heads(t.Id, t.PublicSeq, t.StaffSeq)).ToListAsync(ct);
    }

    /// <summary>Everything in the log of a ticket that the caller may read, oldest first; at most 10,000 entries.</summary>
    public async Task<Outcome<EntryPage>> History(Actor actor, Guid ticketId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        if (ticket is null || !TicketTable.CanRead(ticket.State, actor)) return Refusal.NotFound();
        var entries = await Entries(db, actor, ticketId, Feed.Public, 0, null, 10_000, ct);
        if (TicketTable.CanReadNotes(ticket.State, actor)) entries.AddRange(await Entries(db, actor, ticketId, Feed.Staff, 0, null, 10_000, ct));
        entries.Sort((x, y) => x.Place().CompareTo(y.Place()));
        return new EntryPage(entries, ticket.PublicSeq);
    }

    private static async Task<IReadOnlyList<PersonView>> Participants(SupportDb db, TicketSnapshot ticket, CancellationToken ct)
    {
        var authors = await db.Timeline.Where(e => e.TicketId == ticket.Id && e.Feed == Feed.Public && e.AuthorId != null).Select(e => e.AuthorId!.Value).Distinct()
            .Join(db.Users, id => id, a => a.Id, (_, a) => new PersonView(a.Id, a.DisplayName)).ToListAsync(ct);
        return [.. authors.Append(ticket.Customer).Concat(ticket.Assignee is { } assignee ? [assignee] : []).DistinctBy(p => p.Id)];
    }

    /// <summary>The caller's conversations, newest activity first: a customer's own; for staff those that they are assigned to.</summary>
    public async Task<IReadOnlyList<ChatSnapshot>> Mine(Actor actor, int limit, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var mine = actor.IsStaff ? db.Tickets.Where(t => t.AssigneeId == actor.Id) : db.Tickets.Where(t => t.CustomerId == actor.Id);
        var newest = mine.OrderByDescending(t => t.LastMessageAt ?? t.UpdatedAt).ThenByDescending(t => t.Number).Take(limit);
        var tickets = await TicketQueries.Snapshots(db, newest).ToListAsync(ct);
        return await With(db, actor, [.. tickets.OrderByDescending(t => t.LastMessageAt ?? t.UpdatedAt).ThenByDescending(t => t.Number)], ct);
    }

    /// <summary>Adds to tickets what lists show of their conversations: the last message, and how many are unread for this reader.</summary>
    public async Task<IReadOnlyList<ChatSnapshot>> With(Actor actor, IReadOnlyList<TicketSnapshot> tickets, CancellationToken ct)
    {
        if (tickets.Count == 0) return [];
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await With(db, actor, tickets, ct);
    }

    private static async Task<IReadOnlyList<ChatSnapshot>> With(SupportDb db, Actor actor, IReadOnlyList<TicketSnapshot> tickets, CancellationToken ct)
    {
        var ids = tickets.Where(t => TicketTable.CanRead(t.State, actor)).Select(t => t.Id).ToArray();
        // The newest message is found from the end of each conversation, however long it is.
        var newest = db.Timeline.FromSql(
            $"""
            select m.* from unnest({ids}) t(id) cross join lateral (
              select * from timeline e where e.ticket_id = t.id and e.feed = 0 and e.kind = 'message' order by e.seq desc limit 1) m
            """);
        var messages = await EntryQueries.Named(db, newest).ToDictionaryAsync(e => e.Entry.TicketId, ct);
        var unread = await Unread(db, actor, tickets, ct);
        return [.. tickets.Select(t => new ChatSnapshot(t, messages.GetValueOrDefault(t.Id)?.View(), unread.GetValueOrDefault(t.Id)))];
    }

    /// <summary>Messages of others behind the reader's mark, at most a hundred, for tickets that have any.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> Unread(Actor actor, IReadOnlyList<TicketSnapshot> tickets, CancellationToken ct)
    {
        if (!tickets.Any(t => IsReader(t, actor))) return Nothing;
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Unread(db, actor, tickets, ct);
    }

    private static readonly IReadOnlyDictionary<Guid, int> Nothing = new Dictionary<Guid, int>();

    // Whoever has answered has read what was before. One index range per ticket; a count stops at a hundred, because "99+" is all that is ever shown.
    private static async Task<IReadOnlyDictionary<Guid, int>> Unread(SupportDb db, Actor actor, IReadOnlyList<TicketSnapshot> tickets, CancellationToken ct)
    {
        var ids = tickets.Where(t => IsReader(t, actor)).Select(t => t.Id).ToArray();
        return ids.Length == 0 ? Nothing : await db.Database.SqlQuery<UnreadRow>(
            $"""
            select t.id as "TicketId", (select count(*)::int from (
                select from timeline u where u.ticket_id = t.id and u.feed = 0 and u.kind = 'message' and u.author_id <> {actor.Id}
                  and u.seq > greatest((select m.seq from read_marks m where m.ticket_id = t.id and m.account_id = {actor.Id}), (
                    select o.seq from timeline o where o.ticket_id = t.id and o.feed = 0 and o.kind = 'message' and o.author_id = {actor.Id} order by o.seq desc limit 1), 0)
                limit {UnreadLimit}) counted) as "Count"
            from unnest({ids}) t(id)
            """).ToDictionaryAsync(r => r.TicketId, r => r.Count, ct);
    }

    // Who has to read it: the customer and the assignee. For all others a conversation is never "unread".
    private static bool IsReader(TicketSnapshot ticket, Actor actor) => ticket.Customer.Id == actor.Id || ticket.Assignee?.Id == actor.Id;

    /// <summary>Messages of others behind the reader's mark in one ticket, at most a hundred.</summary>
    public async Task<int> Unread(Actor actor, TicketSnapshot ticket, CancellationToken ct) => (await Unread(actor, [ticket], ct)).GetValueOrDefault(ticket.Id);

    private sealed record UnreadRow(Guid TicketId, int Count);
}
