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
/// The order of locks, for everybody: the lock of automatic assignment, an agent's row (<see cref="TakeAgent"/>), tickets' rows. Who holds a
/// ticket never waits for an agent.
/// </summary>
public sealed class TicketLock(IDbContextFactory<SupportDb> dbs, LiveStream stream, Signals signals, Node node, Meters meters, DueOf due)
{
    /// <summary>Runs one move. A refusal changes nothing; a move that records nothing (a repetition) publishes nothing.</summary>
    public Task<Outcome<TicketSnapshot>> Move(Guid ticketId, Actor actor, Func<Ticket, Outcome<Done>> move, CancellationToken ct) =>
        Move(ticketId, actor, (ticket, _) => Task.FromResult(move(ticket)), ct);

    /// <summary>As above, for a move that appends more to the log in the same transaction.</summary>
    public Task<Outcome<TicketSnapshot>> Move(Guid ticketId, Actor actor, Func<Ticket, SupportDb, Task<Outcome<Done>>> move, CancellationToken ct) =>
        Move(actor, _ => Task.FromResult<Guid?>(ticketId), move, ct);

    /// <summary>As above, where the same transaction begins with something else: other locks, or the choice of the ticket (null: none).</summary>
    public Task<Outcome<TicketSnapshot>> Move(Actor actor, Func<SupportDb, Task<Guid?>> first, Func<Ticket, SupportDb, Task<Outcome<Done>>> move, CancellationToken ct) =>
        Together(actor, async db => await first(db) is { } id ? [id] : [], async (locked, db) => (await move(locked[0], db)).Map(_ => locked), ct);

    /// <summary>
    /// One move of several tickets: all or none. Locks in id order, whatever the order asked for, so that two who move the same tickets never
    /// wait for each other in a circle. The move gets them as asked for, and answers with all that it touched; the first one is the answer.
    /// </summary>
    public Task<Outcome<TicketSnapshot>> Together(Guid[] ids, Actor actor, Func<IReadOnlyList<Ticket>, SupportDb, Task<Outcome<IReadOnlyList<Ticket>>>> move, CancellationToken ct) =>
        Together(actor, _ => Task.FromResult(ids), move, ct);

    private async Task<Outcome<TicketSnapshot>> Together(Actor actor, Func<SupportDb, Task<Guid[]>> first, Func<IReadOnlyList<Ticket>, SupportDb, Task<Outcome<IReadOnlyList<Ticket>>>> move, CancellationToken ct)
    {
        using var trace = Meters.Traces.StartActivity("move ticket");
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        var ids = await first(db);
        if (ids.Length == 0) return Refusal.NotFound();
        var locked = await db.Tickets.FromSql($"select * from tickets where id = any({ids}) order by id for no key update").ToDictionaryAsync(t => t.Id, ct);
        if (!Array.TrueForAll(ids, id => locked.TryGetValue(id, out var ticket) && TicketTable.CanSee(ticket.State, actor))) return Refusal.NotFound();
        var outcome = await move([.. ids.Select(id => locked[id])], db);
        if (!outcome.Ok) return await Named(db, outcome.Refusal, ct);
        return await Commit(db, tx, outcome.Value, ct);
    }

    private async Task<TicketSnapshot> Commit(SupportDb db, IDbContextTransaction tx, IReadOnlyList<Ticket> touched, CancellationToken ct)
    {
        db.Timeline.AddRange(touched.SelectMany(t => t.Recorded));
        await db.SaveChangesAsync(ct);
        var ids = touched.Select(t => t.Id).ToArray();
        var snapshots = await TicketQueries.Snapshots(db, db.Tickets.Where(t => ids.Contains(t.Id))).ToDictionaryAsync(t => t.Id, ct);
        var rows = new List<LogRow>();
        foreach (var ticket in touched.Where(t => t.Recorded.Count > 0)) rows.AddRange(await EntryQueries.Rows(db, ticket.Id, ticket.Recorded, ct));
        // From here on the caller's impatience must not decide: what commits is published.
        await tx.CommitAsync(CancellationToken.None);
        foreach (var happened in TicketEvents.Of(rows, snapshots, due)) stream.Publish(happened);
        if (rows.Count > 0) signals.Hint();
        foreach (var row in rows) Count(row.Entry.Kind);
        return snapshots[touched[0].Id];
    }

    // A message that reopens its ticket is stored here and not by the writer.
    private void Count(string kind)
    {
        if (kind is Wire.Message or Wire.Note) meters.Acked(1);
        else meters.Moved(kind);
    }

    // The machine names winners and other tickets by id; people want a name and a number.
    private static async Task<Refusal> Named(SupportDb db, Refusal refusal, CancellationToken ct)
    {
        if (refusal.Instead is { Number: 0, Id: var other }) refusal = TicketRefusals.Merged(new(other, await db.Tickets.Where(t => t.Id == other).Select(t => t.Number).SingleAsync(ct)), refusal.By);
        if (refusal.By is not { } by) return refusal;
        var name = await db.Users.Where(a => a.Id == by.Id).Select(a => a.DisplayName).SingleOrDefaultAsync(ct) ?? "Somebody else";
        return refusal with { By = by with { DisplayName = name }, Message = refusal.Message.Replace("{0}", name, StringComparison.Ordinal) };
    }

    /// <summary>The node whose writes these are.</summary>
    public Guid NodeId => node.Id;
}
