using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>Every move of a ticket, for REST, hub, pages and jobs alike. Each answers with the ticket as it stands afterwards.</summary>
public sealed class TicketActions(IDbContextFactory<SupportDb> dbs, TicketLock tickets, TicketOpening opening, TicketQueries queries, Actors actors, TakeAgent take, TimeProvider time)
{
    /// <summary>Opens a ticket for oneself. A known client id answers with its ticket; with other content it is a conflict.</summary>
    public async Task<Outcome<TicketSnapshot>> Open(Actor actor, NewTicket asked, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(asked.ClientId)) asked = asked with { ClientId = null };
        if (asked.Check([.. (await queries.Offered(ct)).Select(c => c.Key)]) is { } refusal) return refusal;
        var now = time.GetUtcNow();
        var ticket = Ticket.Open(actor, asked, actor.Id, tickets.NodeId, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond))); // as exact as the database
        ct.ThrowIfCancellationRequested(); // from here on the caller's impatience must not decide: what commits is published
        var opened = await opening.Open(ticket, actor);
        if (opened.Refusal?.Code != OpeningLane.KnownCode) return opened;
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Known(db, actor, asked, null, ct) ?? throw new InvalidOperationException("A client id that is known without a ticket.");
    }

    internal static async Task<Outcome<TicketSnapshot>?> Known(SupportDb db, Actor actor, NewTicket asked, Guid? followUpOf, CancellationToken ct)
    {
        if (asked.ClientId is null) return null;
        var id = await db.Tickets.Where(t => t.CustomerId == actor.Id && t.ClientId == asked.ClientId).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
        if (id is null) return null;
        var known = await TicketQueries.Snapshots(db, db.Tickets.Where(t => t.Id == id)).SingleAsync(ct);
        return known.FollowUpOf == followUpOf && known.Description == asked.Description!.Trim() && known.Subject == asked.Subject!.Trim() ? known : TicketRefusals.ClientIdReused;
    }

    /// <summary>Also of a ticket that is offered to somebody else: what people do by hand comes before what is proposed to them.</summary>
    public Task<Outcome<TicketSnapshot>> Accept(Actor actor, Guid ticketId, CancellationToken ct) => tickets.Move(actor, async db =>
    {
        if (actor.May(Permissions.TicketsWork)) await take(db, actor.Id, AgentDoes.TakesWork, ct);
        return ticketId;
    }, (t, _) => Task.FromResult(t.Accept(actor, tickets.NodeId, time.GetUtcNow())), ct);

    /// <summary>Passes an offered ticket on; it is not offered to the same agent again. Staff read the reason (at most 500 characters).</summary>
    public async Task<Outcome<TicketSnapshot>> Decline(Actor actor, Guid ticketId, string? reason, CancellationToken ct)
    {
        if (new Check().Text("reason", "The reason", reason, 0, 500).Refusal is { } refusal) return refusal;
        return await tickets.Move(actor, async db =>
        {
            if (actor.May(Permissions.TicketsWork)) await take(db, actor.Id, AgentDoes.Answers, ct);
            return ticketId;
        }, (t, _) => Task.FromResult(t.Decline(actor, reason, tickets.NodeId, time.GetUtcNow())), ct);
    }

    /// <param name="reason">1–500 characters; the customer reads it.</param>
    public async Task<Outcome<TicketSnapshot>> Reject(Actor actor, Guid ticketId, string? reason, CancellationToken ct) =>
        Reasoned(reason) is { } refusal ? refusal : await tickets.Move(ticketId, actor, t => t.Reject(actor, reason!, tickets.NodeId, time.GetUtcNow()), ct);

    private static Refusal? Reasoned(string? reason) => new Check().Text("reason", "The reason", reason, 1, 500).Refusal;

    /// <summary>
    /// Gives the ticket to an agent who may work on tickets. Refused as <c>agent_absent</c> when that agent has chosen to be away, unless
    /// <paramref name="force"/> says that it shall wait there. Capacity and categories bind automatic assignment only.
    /// </summary>
    public async Task<Outcome<TicketSnapshot>> Assign(Actor actor, Guid ticketId, Guid agentId, bool force, CancellationToken ct)
    {
        if (!actor.IsStaff) return Refusal.NotFound();
        if (await actors.Find(agentId, ct) is not { Actor: var agent } || !agent.May(Permissions.TicketsWork))
            return Refusal.Invalid("agentId", "This is nobody who can work on tickets.");
        var away = false;
        return await tickets.Move(actor, async db =>
        {
            away = await take(db, agentId, AgentDoes.TakesWork, ct) && agentId != actor.Id && !force;
            return ticketId;
        }, (t, _) => Task.FromResult(away && TicketTable.Allows(Verb.Assign, t.State, actor) && t.AssigneeId != agentId
            ? TicketRefusals.Absent(agent.DisplayName)
            : t.Assign(actor, agent.Person, tickets.NodeId, time.GetUtcNow())), ct);
    }

    public Task<Outcome<TicketSnapshot>> Release(Actor actor, Guid ticketId, CancellationToken ct) =>
        tickets.Move(ticketId, actor, t => t.Release(actor, tickets.NodeId, time.GetUtcNow()), ct);

    /// <param name="reason">1–500 characters.</param>
    public async Task<Outcome<TicketSnapshot>> Escalate(Actor actor, Guid ticketId, string? reason, CancellationToken ct) =>
        Reasoned(reason) is { } refusal ? refusal : await tickets.Move(ticketId, actor, t => t.Escalate(actor, reason!, tickets.NodeId, time.GetUtcNow()), ct);

    /// <summary>Changes what the ticket is about. Refused beside the usual: <c>stale_version</c>, invalid with the fields, forbidden for what only staff decide.</summary>
    public async Task<Outcome<TicketSnapshot>> Edit(Actor actor, Guid ticketId, TicketEdit edit, CancellationToken ct)
    {
        var categories = await queries.Categories(ct);
        return edit.Check(categories) is { } refusal ? refusal : await tickets.Move(ticketId, actor, t => t.Edit(actor, edit, categories, tickets.NodeId, time.GetUtcNow()), ct);
    }

    public Task<Outcome<TicketSnapshot>> Resolve(Actor actor, Guid ticketId, CancellationToken ct) =>
        tickets.Move(ticketId, actor, t => t.Resolve(actor, tickets.NodeId, time.GetUtcNow()), ct);

    public Task<Outcome<TicketSnapshot>> Reopen(Actor actor, Guid ticketId, CancellationToken ct) =>
        tickets.Move(ticketId, actor, t => t.Reopen(actor, tickets.NodeId, time.GetUtcNow()), ct);

    /// <param name="reason">At most 500 characters; everybody in the ticket reads it.</param>
    public async Task<Outcome<TicketSnapshot>> Close(Actor actor, Guid ticketId, CancellationToken ct, string? reason = null) =>
        new Check().Text("reason", "The reason", reason, 0, 500).Refusal is { } refusal
            ? refusal
            : await tickets.Move(ticketId, actor, t => t.Close(actor, tickets.NodeId, time.GetUtcNow(), reason), ct);

    /// <param name="score">1 (bad) to 5 (great).</param>
    /// <param name="comment">At most 1,000 characters.</param>
    public async Task<Outcome<TicketSnapshot>> Rate(Actor actor, Guid ticketId, int? score, string? comment, CancellationToken ct) =>
        new Check().That(score is >= 1 and <= 5, "score", "The score is a number from 1 to 5.").Text("comment", "The comment", comment, 0, 1000).Refusal is { } refusal
            ? refusal
            : await tickets.Move(ticketId, actor, t => t.Rate(actor, score!.Value, comment, tickets.NodeId, time.GetUtcNow()), ct);
}
