using Microsoft.EntityFrameworkCore;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>The moves that two tickets make together.</summary>
public sealed class LinkActions(IDbContextFactory<SupportDb> dbs, TicketLock tickets, TicketQueries queries, TimeProvider time)
{
    /// <summary>
    /// Ends a duplicate and points to where it goes on. Cannot be undone. Refused beside the usual: <c>different_customers</c>, because their
    /// conversations must not meet; what stands in the way of the other ticket, when that one has ended.
    /// </summary>
    /// <param name="into">Id or number of the other ticket.</param>
    public async Task<Outcome<TicketSnapshot>> Merge(Actor actor, Guid ticketId, string? into, CancellationToken ct)
    {
        if (!actor.IsStaff) return await tickets.Move(ticketId, actor, _ => Refusal.Forbidden(), ct);
        var other = await queries.Find(actor, into, ct);
        if (!other.Ok) return Refusal.Invalid("into", "There is no such ticket to merge into.");
        if (other.Value.Id == ticketId) return Refusal.Invalid("into", "A ticket cannot be merged into itself.");
        return await tickets.Together([ticketId, other.Value.Id], actor, (both, _) =>
            Task.FromResult(both[0].MergeInto(actor, both[1], tickets.NodeId, time.GetUtcNow()).Map(_ => both)), ct);
    }

    /// <summary>
    /// The customer goes on in a new ticket after the end of one: asks again after a rejection, comes back after closing. Both log it. What
    /// is not said is taken from the old ticket. A known client id answers with its ticket.
    /// </summary>
    public async Task<Outcome<TicketSnapshot>> FollowUp(Actor actor, Guid ticketId, NewTicket asked, CancellationToken ct)
    {
        var found = await queries.Find(actor, ticketId.ToString(), ct);
        if (!found.Ok) return found;
        asked = new NewTicket(
            asked.Subject ?? found.Value.Subject, asked.Description ?? found.Value.Description, asked.Category ?? found.Value.Category, asked.Priority ?? found.Value.Priority,
            string.IsNullOrWhiteSpace(asked.ClientId) ? null : asked.ClientId);
        if (asked.Check([.. (await queries.Offered(ct)).Select(c => c.Key), found.Value.Category]) is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await TicketActions.Known(db, actor, asked, ticketId, ct) is { } known) return known;
        try
        {
            return await tickets.Together([ticketId], actor, (old, scene) => Follow(actor, old[0], asked, scene, ct), ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } && asked.ClientId is not null)
        {
            return await TicketActions.Known(db, actor, asked, ticketId, ct) ?? throw new InvalidOperationException("A unique violation without a row.", e);
        }
    }

    private async Task<Outcome<IReadOnlyList<Ticket>>> Follow(Actor actor, Ticket old, NewTicket asked, SupportDb db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (old.MayFollowUp(actor, now) is { } refusal) return refusal;
        var fresh = Ticket.Open(actor, asked, actor.Id, tickets.NodeId, now, old);
        db.Tickets.Add(fresh);
        await db.SaveChangesAsync(ct); // gives it its number
        old.FollowedUp(actor, fresh, tickets.NodeId, now);
        return new[] { fresh, old };
    }
}
