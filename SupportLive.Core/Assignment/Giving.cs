using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>
/// The transactions of automatic assignment. Nodes take turns (one advisory lock, to the end of the transaction), so each choice sees
/// the one before it. The agent's row is locked next and must be as it was read, so work taken by hand meanwhile counts; the ticket's row
/// last, where the machine refuses what a person was faster with.
/// </summary>
public sealed class Giving(IDbContextFactory<SupportDb> dbs, TicketLock tickets, AgentQueries agents, Signals signals, TimeProvider time)
{
    private const int Stretch = 100;
    private static readonly Refusal NotNow = Refusal.Conflict(TicketRefusals.MoveCode, "Somebody was faster.");

    /// <summary>Gives the first ticket of the queue that somebody can take. Null when there is none; else when to look after it.</summary>
    public async Task<DateTimeOffset?> Next(AssignmentSettings now, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (!await AnyWaits(ct)) return null;
            Candidate? best = null;
            var raced = false;
            var until = time.GetUtcNow().AddSeconds(now.OfferSeconds!.Value);
            var given = await tickets.Move(Actor.SupportLive, async db =>
            {
                await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Locks.Assignment})", ct);
                if (await Choose(db, now, ct) is not var (ticket, chosen)) return null;
                raced = !await AgentLock.StillAs(db, chosen.Agent, ct);
                best = chosen;
                return ticket;
            }, async (ticket, db) => raced ? NotNow : await Give(ticket, best!, now, until, db, ct), ct);
            if (given.Ok) return now.Mode == AssignmentMode.Offer ? until : DateTimeOffset.MaxValue;
            if (best is null) return null;
        }

        return time.GetUtcNow(); // as busy as this: look again at once, after what has happened since
    }

    private async Task<bool> AnyWaits(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Tickets.AnyAsync(t => t.Status == TicketStatus.Open && t.OfferedToId == null, ct);
    }

    // Priority, then age. Nobody gets a later ticket while an earlier one waits for room in the same hands, or small ones would keep a big
    // one out for ever.
    private async Task<(Guid Ticket, Candidate Best)?> Choose(SupportDb db, AssignmentSettings now, CancellationToken ct)
    {
        var free = (await agents.Read(db, now, Guid.Empty, ct)).Where(a => a.Presence == AgentStatus.Available && a.Capacity > 0).ToList();
        for (var skip = 0; free.Count > 0; skip += Stretch)
        {
            var page = await db.Tickets.AsNoTracking().Where(t => t.Status == TicketStatus.Open && t.OfferedToId == null)
                .OrderByDescending(t => t.Priority).ThenBy(t => t.CreatedAt).ThenBy(t => t.Number).Skip(skip).Take(Stretch)
                .Select(t => new { t.Id, t.Category, t.Priority, t.ExcludedAgents }).ToListAsync(ct);
            foreach (var ticket in page)
            {
                var ranked = Ranking.Of(new Need(ticket.Category, ticket.Priority, ticket.ExcludedAgents), free, now);
                if (ranked[0].Able) return (ticket.Id, ranked[0]);
                foreach (var full in ranked.Where(c => c.Full)) free.Remove(full.Agent);
                if (free.Count == 0) return null;
            }

            if (page.Count < Stretch) return null;
        }

        return null;
    }

    private async Task<Outcome<Done>> Give(Ticket ticket, Candidate best, AssignmentSettings now, DateTimeOffset until, SupportDb db, CancellationToken ct)
    {
        var person = new PersonView(best.Agent.Id, best.Agent.DisplayName);
        if (now.Mode == AssignmentMode.Offer) return ticket.Offer(person, until, best.Reason, await AgentLock.IsAsked(db, person.Id, ct), tickets.NodeId, time.GetUtcNow());
        await AgentLock.Given(db, person.Id, ct);
        return ticket.Give(person, best.Reason, tickets.NodeId, time.GetUtcNow());
    }

    /// <summary>Ends what is over: offers that ran out, and those that nobody should have any more. When the next one runs out; null without one.</summary>
    public async Task<DateTimeOffset?> EndOffers(AssignmentSettings now, CancellationToken ct)
    {
        DateTimeOffset? next = null;
        foreach (var offer in await Offers(ct))
        {
            if (offer.Until <= time.GetUtcNow()) await Expire(offer, ct);
            else if (now.Mode != AssignmentMode.Offer || !offer.Stands) await tickets.Move(offer.Ticket, Actor.SupportLive, t => t.Withdraw(offer.Agent, tickets.NodeId, time.GetUtcNow()), ct);
            else next = offer.Until < next ? offer.Until : next ?? offer.Until;
        }

        return next;
    }

    private async Task<IReadOnlyList<OpenOffer>> Offers(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var offers = await (
            from t in db.Tickets.AsNoTracking()
            where t.OfferedToId != null
            join u in db.Users on t.OfferedToId equals u.Id
            join a in db.Agents on u.Id equals a.AccountId into rows
            from agent in rows.DefaultIfEmpty()
            select new { t.Id, Agent = new PersonView(u.Id, u.DisplayName), Until = t.OfferExpiresAt!.Value, Stands = u.DisabledAt == null && (agent.Status == null || agent.Status == AgentStatus.Available) }).ToListAsync(ct);
        return offers.ConvertAll(o => new OpenOffer(o.Id, o.Agent, o.Until, o.Stands));
    }

    private async Task Expire(OpenOffer offer, CancellationToken ct)
    {
        var sentAway = false;
        await tickets.Move(Actor.SupportLive, async db =>
        {
            await db.Database.ExecuteSqlAsync($"select 1 from agents where account_id = {offer.Agent.Id} for no key update", ct);
            return offer.Ticket;
        }, async (ticket, db) =>
        {
            if (ticket.Expire(offer.Agent, tickets.NodeId, time.GetUtcNow()) && !await AgentLock.WasBeside(db, ticket.Id, ct)) sentAway = await AgentLock.Ignored(db, offer.Agent.Id, ct);
            return new Done();
        }, ct);
        if (sentAway) signals.Send(new AgentsChanged());
    }

    private sealed record OpenOffer(Guid Ticket, PersonView Agent, DateTimeOffset Until, bool Stands);
}
