using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>Reads tickets, always under the reader's rights.</summary>
public sealed class TicketQueries(IDbContextFactory<SupportDb> dbs, NpgsqlDataSource data, Settings settings, TimeProvider time)
{
    private static readonly TimeSpan CategoriesLast = TimeSpan.FromSeconds(5);

    private volatile KnownCategories? categories;

    /// <summary>These tickets with the names that they show.</summary>
    internal static IQueryable<TicketSnapshot> Snapshots(SupportDb db, IQueryable<Ticket> tickets) =>
        from t in tickets.AsNoTracking()
        join customer in db.Users on t.CustomerId equals customer.Id
        join a in db.Users on t.AssigneeId equals a.Id into assignees
        from assignee in assignees.DefaultIfEmpty()
        join e in db.Users on t.EndedById equals e.Id into enders
        from ender in enders.DefaultIfEmpty()
        select new TicketSnapshot(
            t.Id, t.Number, t.Subject, t.Description, t.Category, t.Priority, t.Status,
            t.EscalatedAt == null ? null : new EscalationView(t.EscalationLevel, t.EscalatedAt!.Value, t.EscalationReason!),
            new PersonView(customer.Id, customer.DisplayName), t.AssigneeId == null ? null : new PersonView(assignee.Id, assignee.DisplayName),
            t.RejectedAt == null ? null : new RejectionView(t.RejectionReason!, t.RejectedAt!.Value),
            t.EndedById == null ? null : new PersonView(ender.Id, ender.DisplayName), t.Rating, t.RatingComment,
            t.Tags, t.CreatedAt, t.AcceptedAt, t.FirstResponseAt, t.ResolvedAt, t.ClosedAt,
            t.UpdatedAt, t.LastMessageAt, t.WaitingSince, t.PublicSeq, t.StaffSeq, t.Version)
        { FollowUpOf = t.FollowUpOf, MergedInto = t.MergedInto, Offer = t.OfferedToId == null ? null : new OfferView(t.OfferedToId!.Value, t.OfferExpiresAt!.Value), OfferSeq = t.OfferSeq };

    /// <summary>One ticket, by id or by number.</summary>
    public async Task<Outcome<TicketSnapshot>> Find(Actor actor, string? idOrNumber, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var found = Guid.TryParse(idOrNumber, out var id) ? db.Tickets.Where(t => t.Id == id)
            : long.TryParse(idOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? db.Tickets.Where(t => t.Number == number)
            : null;
        var ticket = found is null ? null : await Snapshots(db, found).SingleOrDefaultAsync(ct);
        return ticket is not null && TicketTable.CanSee(ticket.State, actor) ? ticket : Refusal.NotFound();
    }

    /// <summary>Other tickets of the same customer that go on, newest first; where a duplicate is likely to belong.</summary>
    public async Task<IReadOnlyList<TicketSnapshot>> Siblings(Actor actor, TicketSnapshot ticket, CancellationToken ct)
    {
        if (!actor.IsStaff) return [];
        await using var db = await dbs.CreateDbContextAsync(ct);
        TicketStatus[] going = [TicketStatus.Open, TicketStatus.InProgress, TicketStatus.Resolved];
        var rows = await Snapshots(db, db.Tickets.Where(t => t.CustomerId == ticket.Customer.Id && t.Id != ticket.Id && going.Contains(t.Status)).OrderByDescending(t => t.CreatedAt).Take(20)).ToListAsync(ct);
        return [.. rows.OrderByDescending(t => t.CreatedAt)];
    }

    /// <summary>The tickets that belong to this one and that the reader may see, oldest first; at most a hundred.</summary>
    public async Task<IReadOnlyList<LinkView>> Links(Actor actor, TicketSnapshot ticket, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Links(db, actor, ticket, ct);
    }

    internal static async Task<IReadOnlyList<LinkView>> Links(SupportDb db, Actor actor, TicketSnapshot ticket, CancellationToken ct)
    {
        var (id, named) = (ticket.Id, new[] { ticket.FollowUpOf, ticket.MergedInto }.OfType<Guid>().ToArray());
        var linked = db.Tickets.AsNoTracking().Where(t => named.Contains(t.Id) || t.FollowUpOf == id || t.MergedInto == id);
        if (!actor.IsStaff) linked = linked.Where(t => t.CustomerId == actor.Id);
        var rows = await linked.OrderBy(t => t.Number).Take(100).Select(t => new { t.Id, t.Number, t.Subject, t.Status, t.MergedInto }).ToListAsync(ct);
        return [.. rows.Select(t => new LinkView(t.Id, t.Number, t.Subject, t.Status,
            t.Id == ticket.MergedInto ? LinkKind.MergedInto : t.MergedInto == id ? LinkKind.MergedFrom : t.Id == ticket.FollowUpOf ? LinkKind.FollowUpOf : LinkKind.FollowedUpBy))];
    }

    /// <summary>One page of a list. A broken cursor or a limit outside 1–100 is refused as invalid.</summary>
    public async Task<Outcome<Page<TicketSnapshot>>> List(Actor actor, TicketFilter filter, CancellationToken ct)
    {
        var after = TicketCursor.Parse(filter.Cursor, filter.Sort);
        var check = Checked(filter).That(filter.Limit is >= 1 and <= 100, "limit", "The limit is a number from 1 to 100.")
            .That(filter.Cursor is null || after is not null, "cursor", "This cursor does not belong to this list; start again without it.");
        if (check.Refusal is { } refusal) return refusal;

        var rows = await Rows(actor, filter, after, filter.Limit + 1, ct);
        var more = rows.Count > filter.Limit;
        if (more) rows.RemoveAt(rows.Count - 1);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ids = rows.ConvertAll(r => r.Id);
        var tickets = ids.Count == 0 ? [] : await Snapshots(db, db.Tickets.Where(t => ids.Contains(t.Id))).ToDictionaryAsync(t => t.Id, ct);
        var rest = filter with { Text = null }; // of letters the database has the last word
        // In the order in which they were found; what has moved out of the list since is left out.
        var page = rows.Where(r => tickets.TryGetValue(r.Id, out var t) && rest.Holds(t)).Select(r => tickets[r.Id]).ToList();
        return new Page<TicketSnapshot>(page, more ? rows[^1].Cursor(filter.Sort).ToString() : null);
    }

    private static Check Checked(TicketFilter filter) => new Check().Text("q", "The search text", filter.Text, 0, 200)
        .Text("category", "The category", string.Concat(filter.Category), 0, 1000)
        .Text("tag", "The tag", filter.Tag, 0, 100);

    // Text in the middle of a subject has no order: common text is found by looking through the first rows of the list, rare text by the index of
    // its letters. Nobody knows before which one it is, so both are tried, the bounded one first.
    private async Task<List<TicketKey>> Rows(Actor actor, TicketFilter filter, TicketCursor? after, int limit, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(filter.Text)) return await Read(TicketSelect.Page(actor, filter, after, limit), ct);
        if (!filter.Text.Any(char.IsLetterOrDigit)) return [];
        var near = new List<TicketKey>();
        var further = false;
        await Read(TicketSelect.Near(actor, filter, after, limit), row =>
        {
            if (further || near.Count == limit) return; // behind a place from where nobody has looked further there may be others in between
            if (row.GetBoolean(4)) near.Add(Key(row));
            further = row.GetBoolean(5);
        }, ct);
        return near.Count == limit || !further ? near : await Read(TicketSelect.Anywhere(actor, filter, after, limit), ct);
    }

    private async Task<List<TicketKey>> Read(TicketSelect select, CancellationToken ct)
    {
        var rows = new List<TicketKey>();
        await Read(select, row => rows.Add(Key(row)), ct);
        return rows;
    }

    private async Task Read(TicketSelect select, Action<NpgsqlDataReader> each, CancellationToken ct)
    {
        await using var command = select.On(data);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) each(row);
    }

    private static TicketKey Key(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), (TicketPriority)row.GetInt16(2), row.GetInt64(3));

    /// <summary>How many tickets a list has, counted up to a hundred: beyond, nobody needs the figure at once, and counting would cost as much as the table is long.</summary>
    public async Task<Outcome<TicketCount>> Count(Actor actor, TicketFilter filter, CancellationToken ct)
    {
        if (Checked(filter).Refusal is { } refusal) return refusal;
        if (filter.Text is { Length: > 0 } text && !text.Any(char.IsLetterOrDigit)) return new TicketCount(0, false);
        await using var command = TicketSelect.Count(actor, filter, TicketCount.Most + 1).On(data);
        var count = (int)(long)(await command.ExecuteScalarAsync(ct))!;
        return new TicketCount(Math.Min(count, TicketCount.Most), count > TicketCount.Most);
    }

    /// <summary>All of them in their order, the retired too, because old tickets show their names. Remembered for some seconds, because every new ticket asks; forgotten at once when one is changed.</summary>
    public async ValueTask<IReadOnlyList<CategoryView>> Categories(CancellationToken ct)
    {
        if (categories is var (known, at, then) && time.GetElapsedTime(at) < CategoriesLast && then == settings.Changes) return known;
        var (now, changes) = (time.GetTimestamp(), settings.Changes);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var fresh = await db.Categories.AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Key).Select(c => new CategoryView(c.Key, c.Name, c.Retired, c.Version, c.Position)).ToListAsync(ct);
        categories = new(fresh, now, changes);
        return fresh;
    }

    /// <summary>Those that a new ticket may have.</summary>
    public async ValueTask<IReadOnlyList<CategoryView>> Offered(CancellationToken ct) => [.. (await Categories(ct)).Where(c => !c.Retired)];

    private sealed record KnownCategories(IReadOnlyList<CategoryView> All, long At, int Changes);
}

/// <summary>How many there are; <paramref name="More"/>: and more.</summary>
public sealed record TicketCount(int Count, bool More)
{
    public const int Most = 100;
}
