using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>What is set of agents, by themselves and by those who manage them, and how tickets find them.</summary>
public sealed class AgentActions(IDbContextFactory<SupportDb> dbs, AgentQueries agents, TicketQueries tickets, Settings settings, Signals signals, TimeProvider time)
{
    /// <summary>The agent's own choice. Clears what was counted against the agent.</summary>
    public async Task<Outcome<Done>> SetPresence(Actor actor, AgentStatus? status, CancellationToken ct)
    {
        if (!actor.May(Permissions.TicketsWork)) return Refusal.Forbidden();
        if (status is not { } chosen || !Enum.IsDefined(chosen)) return Refusal.Invalid("status", "Choose available, busy or away.");
        var (word, now) = (SnakeCase.Of(chosen.ToString()), time.GetUtcNow());
        await using var db = await dbs.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into agents as a (account_id, status, chosen_at) values ({actor.Id}, {word}, {now})
            on conflict (account_id) do update set status = excluded.status, reason = null, ignored = 0, version = a.version + 1,
              chosen_at = case when a.status = excluded.status then a.chosen_at else excluded.chosen_at end
            """, ct);
        signals.Send(new AgentsChanged());
        return new Done();
    }

    /// <summary>Of an agent. Null for the default capacity; no categories for all.</summary>
    public async Task<Outcome<AgentView>> Configure(Actor actor, Guid agentId, int? capacity, IReadOnlyList<string?>? categories, CancellationToken ct)
    {
        if (!actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        var (known, wanted) = ((await tickets.Categories(ct)).Select(c => c.Key).ToArray(), (categories ?? []).Distinct(StringComparer.Ordinal).ToArray());
        var check = new Check().That(capacity is null or (>= 0 and <= AssignmentSettings.MostCapacity), "capacity", $"A capacity is a whole number from 0 to {AssignmentSettings.MostCapacity:N0}.")
            .That(wanted.All(c => known.Contains(c)), "categories", "Choose categories out of the list.");
        if (check.Refusal is { } refusal) return refusal;
        if ((await agents.All(ct)).FirstOrDefault(a => a.Id == agentId) is not { } before) return Refusal.NotFound("agent");
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into agents as a (account_id, capacity, categories) values ({agentId}, {capacity}, {wanted})
            on conflict (account_id) do update set capacity = excluded.capacity, categories = excluded.categories, version = a.version + 1
            """, ct);
        Audit.Record(db, actor, Acts.AgentChanged, new("account", agentId.ToString(), before.DisplayName), new { before.Capacity, before.Categories }, new { capacity, categories = wanted });
        await db.SaveChangesAsync(ct);
        await tx.CommitAsync(ct);
        signals.Send(new AgentsChanged());
        return (await agents.All(ct)).FirstOrDefault(a => a.Id == agentId) is { } agent ? agent.View() : Refusal.NotFound("agent");
    }

    /// <summary>How tickets find agents, from now on, on every node. Refused as invalid with the fields, or as <c>stale_version</c>.</summary>
    public async Task<Outcome<Setting<AssignmentSettings>>> Configure(Actor actor, AssignmentSettings wanted, int? version, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        var whole = wanted.Over((await settings.Get(AssignmentSettings.Key, ct)).Value);
        return whole.Check() is { } refusal ? refusal : await settings.Put(actor, AssignmentSettings.Key, whole, version, ct);
    }
}
