using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>
/// Who gets a ticket that a rule takes from its assignee, or from the queue. Never its assignee, who had it long enough. Everything is read
/// on the connection of the move, so that rules which fire at once never wait for each other's.
/// </summary>
public sealed class Successors(TicketLock tickets, AgentQueries agents, Settings settings)
{
    private const int Attempts = 3;

    /// <summary>Runs a rule's move of a ticket, with the one who is to have it.</summary>
    public async Task Move(Rule? rule, Guid ticketId, Func<Ticket, Succession, SupportDb, Task<Outcome<Done>>> move, CancellationToken ct)
    {
        var reassign = rule?.Then.FirstOrDefault(a => a.Action == RuleDoes.Reassign);
        var now = (await settings.Get(AssignmentSettings.Key, ct)).Value;
        var found = default(Succession);
        await tickets.Move(Actor.SupportLive, async db =>
        {
            if (reassign is not null) found = await Find(db, rule!, reassign.Value, ticketId, now, ct);
            return ticketId;
        }, (ticket, db) => move(ticket, found, db), ct);
    }

    private async Task<Succession> Find(SupportDb db, Rule rule, string? among, Guid ticketId, AssignmentSettings now, CancellationToken ct)
    {
        var ticket = await db.Tickets.Where(t => t.Id == ticketId).Select(t => new { t.AssigneeId, t.Category, t.Priority, t.ExcludedAgents }).SingleOrDefaultAsync(ct);
        if (ticket is null) return default;
        var to = among == "manager"
            ? await Manager(db, now, ticketId, ticket.AssigneeId, ct)
            : await Best(db, now, ticketId, new Need(ticket.Category, rule.Raised(ticket.Priority), ticket.ExcludedAgents), ticket.AssigneeId, ct);
        return new Succession(among, ticket.AssigneeId, to);
    }

    // Whoever may assign: one who is there before one who is not, then the least busy. Capacity does not bind, it is an emergency.
    private async Task<PersonView?> Manager(SupportDb db, AssignmentSettings now, Guid ticketId, Guid? assignee, CancellationToken ct)
    {
        var managers = await db.UserRoles.Join(db.RoleClaims, ur => ur.RoleId, c => c.RoleId, (ur, c) => new { ur.UserId, c.ClaimType, c.ClaimValue })
            .Where(c => c.ClaimType == Permissions.ClaimType && c.ClaimValue == Permissions.TicketsAssign).Select(c => c.UserId).Distinct().ToListAsync(ct);
        var chosen = (await agents.Read(db, now, ticketId, ct)).Where(a => managers.Contains(a.Id) && a.Id != assignee)
            .OrderBy(a => a.Presence != AgentStatus.Available).ThenBy(a => a.Taken).ThenBy(a => a.Id).FirstOrDefault();
        if (chosen is null) return null;
        await AgentLock.Take(db, chosen.Id, AgentDoes.TakesWork, ct);
        return new PersonView(chosen.Id, chosen.DisplayName);
    }

    // As automatic assignment does it: the one who is best is taken as ranked, or ranked again, so that capacity is never passed.
    private async Task<PersonView?> Best(SupportDb db, AssignmentSettings now, Guid ticketId, Need need, Guid? assignee, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await agents.Best(db, now, ticketId, need, assignee, ct) is not { } best) return null;
            if (!await AgentLock.StillAs(db, best, ct)) continue;
            await AgentLock.Given(db, best.Id, ct);
            return new PersonView(best.Id, best.DisplayName);
        }

        return null;
    }
}

/// <summary>Whom a rule has found for a ticket.</summary>
/// <param name="Among"><c>best</c> or <c>manager</c>; null when the rule gives the ticket to nobody.</param>
/// <param name="From">Who had it when somebody was looked for. Who got it by hand since then keeps it.</param>
/// <param name="To">Null when nobody is able.</param>
public readonly record struct Succession(string? Among, Guid? From, PersonView? To);
