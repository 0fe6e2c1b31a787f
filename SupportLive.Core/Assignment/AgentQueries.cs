using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>Reads who works here: presence, load, and who would get a ticket.</summary>
public sealed class AgentQueries(IDbContextFactory<SupportDb> dbs, Settings settings, TimeProvider time)
{
    /// <summary>A conversation in which nobody has written for so long counts half.</summary>
    public static readonly TimeSpan Silent = TimeSpan.FromMinutes(10);

    /// <summary>Everybody who may work on tickets, by name.</summary>
    public async Task<Outcome<IReadOnlyList<AgentView>>> List(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff) return Refusal.Forbidden();
        return (await All(ct)).Select(a => a.View()).ToArray();
    }

    internal async Task<IReadOnlyList<AgentState>> All(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Read(db, (await settings.Get(AssignmentSettings.Key, ct)).Value, Guid.Empty, ct);
    }

    /// <summary>As <see cref="All"/>, in a transaction.</summary>
    /// <param name="but">A ticket whose offer does not count, because it is what somebody is looked for.</param>
    internal async Task<IReadOnlyList<AgentState>> Read(SupportDb db, AssignmentSettings now, Guid but, CancellationToken ct)
    {
        var (weights, silent, capacity) = (now.Weights!.All, time.GetUtcNow() - Silent, now.DefaultCapacity!.Value);
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select u.id as "Id", u.display_name as "DisplayName", coalesce(a.status, case when p.assigns then 'busy' else 'available' end) as "Chosen",
              a.chosen_at as "ChosenAt", a.reason as "Reason", l.since as "AliveSince", l.until as "AliveUntil", coalesce(l.until > statement_timestamp(), false) as "Alive",
              coalesce(a.capacity, {capacity}) as "Capacity", coalesce(a.categories, array[]::text[]) as "Categories", a.given_at as "GivenAt", coalesce(a.version, 0) as "Version",
              coalesce(w.load, 0) as "Load", coalesce(w.conversations, 0)::int as "Conversations", coalesce(o.load, 0) as "Offered"
            from (
                select ur.user_id, bool_or(c.claim_value = 'tickets.assign') as assigns
                from account_roles ur join role_claims c on c.role_id = ur.role_id and c.claim_type = 'permission'
                group by ur.user_id having bool_or(c.claim_value = 'tickets.work')
            ) p
            join accounts u on u.id = p.user_id and u.disabled_at is null
            left join agents a on a.account_id = u.id
            left join lateral (
                select min(since) filter (where until > statement_timestamp()) as since, max(until) as until from agents_alive where account_id = u.id
            ) l on true
            left join lateral (
                select count(*) as conversations,
                  sum(({weights})[t.priority + 1] * case when greatest(t.last_message_at, t.accepted_at) < {silent} then 0.5 else 1 end) as load
                from tickets t where t.assignee_id = u.id and t.status = 'in_progress'
            ) w on true
            left join lateral (
                select sum(({weights})[t.priority + 1]) as load from tickets t where t.offered_to_id = u.id and t.id <> {but}
            ) o on true
            order by u.display_name, u.id
            """).ToListAsync(ct);
        return rows.ConvertAll(r => r.State());
    }

    /// <summary>"Who would get this now?", best first. Needs the permission to assign.</summary>
    public async Task<Outcome<IReadOnlyList<WhoView>>> Who(Actor actor, Guid ticketId, CancellationToken ct)
    {
        if (!actor.IsStaff) return Refusal.NotFound();
        if (!actor.May(Permissions.TicketsAssign)) return Refusal.Forbidden();
        return await Rank(ticketId, ct) is { } ranked ? ranked.Select(c => c.View()).ToArray() : Refusal.NotFound();
    }

    /// <summary>"Why me?": the own line of the same list.</summary>
    public async Task<Outcome<WhoView>> Why(Actor actor, Guid ticketId, CancellationToken ct)
    {
        if (!actor.IsStaff) return Refusal.NotFound();
        return (await Rank(ticketId, ct))?.FirstOrDefault(c => c.Agent.Id == actor.Id)?.View() is { } mine ? mine : Refusal.NotFound();
    }

    /// <summary>The best for a ticket that needs this, in a transaction, but not <paramref name="but"/>; null when nobody is able.</summary>
    internal async Task<AgentState?> Best(SupportDb db, AssignmentSettings now, Guid ticketId, Need need, Guid? but, CancellationToken ct) =>
        Ranking.Of(need, await Read(db, now, ticketId, ct), now).FirstOrDefault(c => c.Able && c.Agent.Id != but)?.Agent;

    private async Task<IReadOnlyList<Candidate>?> Rank(Guid ticketId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.Where(t => t.Id == ticketId).Select(t => new { t.Category, t.Priority, t.ExcludedAgents }).SingleOrDefaultAsync(ct);
        if (ticket is null) return null;
        var now = (await settings.Get(AssignmentSettings.Key, ct)).Value;
        return Ranking.Of(new Need(ticket.Category, ticket.Priority, ticket.ExcludedAgents), await Read(db, now, ticketId, ct), now);
    }

    private sealed record Row(
        Guid Id, string DisplayName, string Chosen, DateTimeOffset? ChosenAt, string? Reason, DateTimeOffset? AliveSince, DateTimeOffset? AliveUntil, bool Alive,
        int Capacity, string[] Categories, DateTimeOffset? GivenAt, int Version, double Load, int Conversations, double Offered)
    {
        public AgentState State() => new()
        {
            Id = Id,
            DisplayName = DisplayName,
            Chosen = Enum.Parse<AgentStatus>(Chosen, ignoreCase: true),
            ChosenAt = ChosenAt,
            Reason = Reason,
            Alive = Alive,
            AliveSince = AliveSince,
            AliveUntil = AliveUntil,
            Capacity = Capacity,
            Categories = Categories,
            GivenAt = GivenAt,
            Version = Version,
            Load = Load,
            Conversations = Conversations,
            Offered = Offered,
        };
    }
}
