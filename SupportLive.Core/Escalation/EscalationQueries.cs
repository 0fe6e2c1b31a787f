using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Escalation;

/// <summary>Reads rules, and makes watches of them.</summary>
public sealed class EscalationQueries(IDbContextFactory<SupportDb> dbs, Settings settings)
{
    /// <summary>The oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<RuleView>>> Rules(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rules = await db.Rules.AsNoTracking().OrderBy(r => r.Id).ToListAsync(ct);
        return rules.ConvertAll(r => r.View());
    }

    /// <summary>Everything that is to be watched now.</summary>
    internal async Task<IReadOnlyDictionary<Guid, Watch>> Watches(CancellationToken ct)
    {
        var (hours, targets) = (await settings.Get(BusinessHours.Key, ct), await settings.Get(Targets.Key, ct));
        var time = hours.Value.Time();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rules = await db.Rules.AsNoTracking().Where(r => r.Enabled).ToListAsync(ct);
        var watches = rules.ConvertAll(r => Watch.Of(r, hours, time));
        if (targets.Value.CloseAfterDays is { } days) watches.Add(Watch.CloseAfter(days));
        return watches.ToDictionary(w => w.Id);
    }
}
