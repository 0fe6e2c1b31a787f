using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>Reads tickets, always under the reader's rights.</summary>
public sealed class TicketQueries(IDbContextFactory<SupportDb> dbs)
{
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
        var check = new Check().That(filter.Limit is >= 1 and <= 100, "limit", "The limit is a number from 1 to 100.")
            .That(filter.Cursor is null || after is not null, "cursor", "This cursor does not belong to this list; start again without it.")
            .Text("q", "The search text", filter.Text, 0, 200)
            .Text("category", "The category", string.Concat(filter.Category), 0, 1000);
        if (check.Refusal is { } refusal) return refusal;

        await using var db = await dbs.CreateDbContextAsync(ct);
        var wanted = Where(db.Tickets, actor, filter);
        var page = await Snapshots(db, Ordered(After(wanted, after, filter.Sort), filter.Sort).Take(filter.Limit + 1)).ToListAsync(ct);
        // The join may lose the order of the inner query, so the page is put in order here.
        page.Sort((x, y) => TicketCursor.Compare(x, y, filter.Sort));
        var more = page.Count > filter.Limit;
        if (more) page.RemoveAt(page.Count - 1);
        return new Page<TicketSnapshot>(page, more ? TicketCursor.Of(page[^1], filter.Sort).ToString() : null);
    }

    private static IQueryable<Ticket> Where(IQueryable<Ticket> tickets, Actor actor, TicketFilter filter)
    {
        if (!actor.IsStaff) tickets = tickets.Where(t => t.CustomerId == actor.Id);
        if (filter.Status.Count > 0) tickets = tickets.Where(t => filter.Status.Contains(t.Status));
        if (filter.Priority.Count > 0) tickets = tickets.Where(t => filter.Priority.Contains(t.Priority));
        if (filter.Category.Count > 0) tickets = tickets.Where(t => filter.Category.Contains(t.Category));
        if (filter.Assignee is { } assignee) tickets = tickets.Where(t => t.AssigneeId == assignee);
        if (filter.OfferedTo is { } offered) tickets = tickets.Where(t => t.OfferedToId == offered);
        if (filter.Unassigned) tickets = tickets.Where(t => t.AssigneeId == null);
        if (filter.Escalated is { } escalated) tickets = tickets.Where(t => t.EscalatedAt != null == escalated);
        if (filter.Text is not { Length: > 0 } text) return tickets;
        var pattern = $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        return long.TryParse(text.Trim().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? tickets.Where(t => t.Number == number || EF.Functions.ILike(t.Subject, pattern))
            : tickets.Where(t => EF.Functions.ILike(t.Subject, pattern));
    }

    private static IQueryable<Ticket> After(IQueryable<Ticket> tickets, TicketCursor? after, TicketSort sort)
    {
        if (after is not { } c) return tickets;
        return sort switch
        {
            TicketSort.Created => tickets.Where(t => EF.Functions.LessThan(ValueTuple.Create(t.CreatedAt, t.Number), ValueTuple.Create(c.At, c.Number))),
            TicketSort.Updated => tickets.Where(t => EF.Functions.LessThan(ValueTuple.Create(t.UpdatedAt, t.Number), ValueTuple.Create(c.At, c.Number))),
            TicketSort.Waiting => tickets.Where(t => EF.Functions.GreaterThan(ValueTuple.Create(t.WaitingSince ?? TicketCursor.Never, t.Number), ValueTuple.Create(c.At, c.Number))),
            TicketSort.Priority => tickets.Where(t => t.Priority < c.Priority || (t.Priority == c.Priority && EF.Functions.GreaterThan(ValueTuple.Create(t.CreatedAt, t.Number), ValueTuple.Create(c.At, c.Number)))),
            _ => throw new InvalidOperationException($"Unknown order {sort}."),
        };
    }

    private static IQueryable<Ticket> Ordered(IQueryable<Ticket> tickets, TicketSort sort) => sort switch
    {
        TicketSort.Created => tickets.OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Number),
        TicketSort.Updated => tickets.OrderByDescending(t => t.UpdatedAt).ThenByDescending(t => t.Number),
        TicketSort.Waiting => tickets.OrderBy(t => t.WaitingSince ?? TicketCursor.Never).ThenBy(t => t.Number),
        TicketSort.Priority => tickets.OrderByDescending(t => t.Priority).ThenBy(t => t.CreatedAt).ThenBy(t => t.Number),
        _ => throw new InvalidOperationException($"Unknown order {sort}."),
    };

    /// <summary>How many tickets there are in each status that the reader may see.</summary>
    public async Task<IReadOnlyDictionary<TicketStatus, int>> Counts(Actor actor, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Where(db.Tickets, actor, new TicketFilter()).GroupBy(t => t.Status).ToDictionaryAsync(g => g.Key, g => g.Count(), ct);
    }

    public async Task<IReadOnlyList<CategoryView>> Categories(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Categories.AsNoTracking().OrderBy(c => c.Position).Select(c => new CategoryView(c.Key, c.Name)).ToListAsync(ct);
    }
}

/// <summary>Where a page of a list ended, opaque to clients.</summary>
internal readonly record struct TicketCursor(TicketSort Sort, DateTimeOffset At, TicketPriority Priority, long Number)
{
    /// <summary>Stands for "does not wait": behind everyone who does.</summary>
    internal static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TicketCursor Of(TicketSnapshot ticket, TicketSort sort) => new(sort, sort switch
    {
        TicketSort.Updated => ticket.UpdatedAt,
        TicketSort.Waiting => ticket.WaitingSince ?? Never,
        TicketSort.Priority or TicketSort.Created => ticket.CreatedAt,
        _ => throw new InvalidOperationException($"Unknown order {sort}."),
    }, ticket.Priority, ticket.Number);

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
