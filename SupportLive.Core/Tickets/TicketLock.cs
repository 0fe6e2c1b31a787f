using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>
/// The one place where tickets move: takes the ticket's row lock, runs the move, appends what it recorded to the log, commits,
/// and only then publishes. Two people who move one ticket at the same time come here one after the other.
/// </summary>
public sealed class TicketLock(IDbContextFactory<SupportDb> dbs, LiveStream stream, Signals signals, Node node)
{
    /// <summary>Runs one move. A refusal changes nothing; a move that records nothing (a repetition) publishes nothing.</summary>
    public Task<Outcome<TicketSnapshot>> Move(Guid ticketId, Actor actor, Func<Ticket, Outcome<Done>> move, CancellationToken ct) =>
        Move(ticketId, actor, (ticket, _) => Task.FromResult(move(ticket)), ct);

    /// <summary>As above, for a move that appends more to the log in the same transaction.</summary>
    public async Task<Outcome<TicketSnapshot>> Move(Guid ticketId, Actor actor, Func<Ticket, SupportDb, Task<Outcome<Done>>> move, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        var ticket = await db.Tickets.FromSql($"select * from tickets where id = {ticketId} for no key update").SingleOrDefaultAsync(ct);
        if (ticket is null || !TicketTable.CanSee(ticket.State, actor)) return Refusal.NotFound();
        var outcome = await move(ticket, db);
        if (!outcome.Ok) return await Named(db, outcome.Refusal, ct);
        return await Commit(db, tx, ticket, ct);
    }

    /// <summary>Stores a new ticket with its first entry.</summary>
    public async Task<TicketSnapshot> Open(SupportDb db, Ticket ticket, CancellationToken ct)
    {
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        db.Tickets.Add(ticket);
        return await Commit(db, tx, ticket, ct);
    }

    private async Task<TicketSnapshot> Commit(SupportDb db, IDbContextTransaction tx, Ticket ticket, CancellationToken ct)
    {
        db.Timeline.AddRange(ticket.Recorded);
        await db.SaveChangesAsync(ct);
        var snapshot = await TicketQueries.Snapshots(db, db.Tickets.Where(t => t.Id == ticket.Id)).SingleAsync(ct);
        var rows = ticket.Recorded.Count == 0 ? [] : await EntryQueries.Rows(db, ticket.Id, ticket.Recorded.Min(e => e.Seq), ct);
        // From here on the caller's impatience must not decide: what commits is published.
        await tx.CommitAsync(CancellationToken.None);
        if (rows.Count == 0) return snapshot;
        foreach (var happened in TicketEvents.Of(rows, new Dictionary<Guid, TicketSnapshot> { [snapshot.Id] = snapshot })) stream.Publish(happened);
        signals.Hint();
        return snapshot;
    }

    // The machine names winners by id; people want a name.
    private static async Task<Refusal> Named(SupportDb db, Refusal refusal, CancellationToken ct)
    {
        if (refusal.By is not { } by) return refusal;
        var name = await db.Users.Where(a => a.Id == by.Id).Select(a => a.DisplayName).SingleOrDefaultAsync(ct) ?? "Somebody else";
        return refusal with { By = by with { DisplayName = name }, Message = refusal.Message.Replace("{0}", name, StringComparison.Ordinal) };
    }

    /// <summary>The node whose writes these are.</summary>
    public Guid NodeId => node.Id;
}
