using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>Who gets a ticket that a rule takes from its assignee, or from the queue. Never its assignee, who had it long enough.</summary>
public sealed class Successors(TicketLock tickets, AgentQueries agents, Actors actors, IDbContextFactory<SupportDb> dbs)
{
    private const int Attempts = 3;

    /// <summary>Runs a rule's move of a ticket, with the one who is to have it: null where the rule names nobody, or there is nobody.</summary>
    public async Task Move(Rule? rule, Guid ticketId, Func<Ticket, Actor?, SupportDb, Task<Outcome<Done>>> move, CancellationToken ct)
    {
        var reassign = rule?.Then.FirstOrDefault(a => a.Action == RuleDoes.Reassign);
        Actor? successor = null;
        await tickets.Move(Actor.SupportLive, async db =>
        {
            if (reassign is not null) successor = reassign.Value == "manager" ? await Manager(db, ticketId, ct) : await Best(db, ticketId, ct);
            return ticketId;
        }, (ticket, db) => move(ticket, successor, db), ct);
    }

    // As automatic assignment does it: the one who is best is taken as ranked, or ranked again, so that capacity is never passed.
    private async Task<Actor?> Best(SupportDb db, Guid ticketId, CancellationToken ct)
    {
        var assignee = await Assignee(ticketId, ct);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await agents.Best(ticketId, assignee, ct) is not { } best) return null;
            if (!await AgentLock.StillAs(db, best, ct)) continue;
            await AgentLock.Given(db, best.Id, ct);
            return (await actors.Find(best.Id, ct))?.Actor;
        }

        return null;
    }

    private async Task<Guid?> Assignee(Guid ticketId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Tickets.Where(t => t.Id == ticketId).Select(t => t.AssigneeId).SingleOrDefaultAsync(ct);
    }

    // Whoever may assign: one who is there before one who is not, then the least busy. Capacity does not bind, it is an emergency.
    private async Task<Actor?> Manager(SupportDb db, Guid ticketId, CancellationToken ct)
    {
        var assignee = await Assignee(ticketId, ct);
        var managers = await db.UserRoles.Join(db.RoleClaims, ur => ur.RoleId, c => c.RoleId, (ur, c) => new { ur.UserId, c.ClaimType, c.ClaimValue })
            .Where(c => c.ClaimType == Permissions.ClaimType && c.ClaimValue == Permissions.TicketsAssign).Select(c => c.UserId).Distinct().ToListAsync(ct);
        var chosen = (await agents.All(ct)).Where(a => managers.Contains(a.Id) && a.Id != assignee)
            .OrderBy(a => a.Presence != AgentStatus.Available).ThenBy(a => a.Taken).ThenBy(a => a.Id).FirstOrDefault();
        if (chosen is null) return null;
        await AgentLock.Take(db, chosen.Id, AgentDoes.TakesWork, ct);
        return (await actors.Find(chosen.Id, ct))?.Actor;
    }
}
