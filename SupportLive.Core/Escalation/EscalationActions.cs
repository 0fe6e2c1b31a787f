using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>Managers write rules. Whatever changes is signalled, so that open pages show it and all tickets are planned anew.</summary>
public sealed class EscalationActions(IDbContextFactory<SupportDb> dbs, TicketQueries tickets, Settings settings, TargetClock clock, Signals signals)
{
    public const int MostRules = 200;

    /// <summary>The name under which a changed rule is signalled.</summary>
    public const string Changed = "escalation-rules";

    public async Task<Outcome<RuleView>> Create(Actor actor, RuleDraft draft, CancellationToken ct)
    {
        if (await Refuse(actor, draft, ct) is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Rules.CountAsync(ct) >= MostRules) return Refusal.Invalid("name", $"There can be at most {MostRules} rules; delete one first.");
        var rule = new Rule
        {
            Id = Guid.CreateVersion7(),
            Name = draft.Name!.Trim(),
            Enabled = draft.Enabled ?? true,
            When = Plain(draft.When!),
            AfterMinutes = draft.AfterMinutes!.Value,
            Hours = draft.Hours!.Value,
            Then = Plain(draft.Then!),
        };
        db.Rules.Add(rule);
        Audit.Record(db, actor, Acts.RuleCreated, Subject(rule), after: rule.View());
        await db.SaveChangesAsync(ct);
        Tell();
        return rule.View();
    }

    private static AuditSubject Subject(Rule rule) => new("escalation_rule", rule.Id.ToString(), rule.Name);

    private async Task<Refusal?> Refuse(Actor actor, RuleDraft draft, CancellationToken ct) =>
        actor.May(Permissions.SettingsManage) ? draft.Check([.. (await tickets.Categories(ct)).Select(c => c.Key)]) : Refusal.Forbidden();

    // As stored: no nulls, nothing twice, no space around values.
    private static RuleWhen Plain(RuleWhen when) => new([.. (when.Status ?? []).Distinct()], [.. (when.Priority ?? []).Distinct()], [.. (when.Category ?? []).Distinct()], when.WaitingFor);

    private static RuleAction[] Plain(IReadOnlyList<RuleAction> then) =>
        [.. then.Select(a => a with { Value = a.Value?.Trim() is { Length: > 0 } v ? a.Action == RuleDoes.RaisePriority ? v.ToLowerInvariant() : v : Usual(a.Action) })];

    private static string? Usual(RuleDoes? action) => action switch { RuleDoes.Reassign => "best", RuleDoes.Notify => "managers", _ => null };

    /// <summary>Refused as <c>stale_version</c>, with the rule as it stands, when somebody has changed it since the draft's version.</summary>
    public async Task<Outcome<RuleView>> Change(Actor actor, Guid id, RuleDraft draft, CancellationToken ct)
    {
        if (await Refuse(actor, draft, ct) is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Rules.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } rule) return NoSuchRule;
        if (draft.Version is { } version && version != rule.Version) return Stale(rule);
        var before = rule.View();
        (rule.Name, rule.Enabled, rule.When, rule.AfterMinutes) = (draft.Name!.Trim(), draft.Enabled ?? rule.Enabled, Plain(draft.When!), draft.AfterMinutes!.Value);
        (rule.Hours, rule.Then, rule.Version) = (draft.Hours!.Value, Plain(draft.Then!), rule.Version + 1);
        Audit.Record(db, actor, Acts.RuleChanged, Subject(rule), before, rule.View());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear(); // changed or deleted between our look and our write
            return await db.Rules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } current ? Stale(current) : NoSuchRule;
        }

        Tell();
        return rule.View();
    }

    private static Refusal NoSuchRule { get; } = Refusal.NotFound("rule");

    private static Refusal Stale(Rule current) => Settings.Stale with { Current = current.View() };

    /// <summary>What the rule has done stays in the log; what it was about to do does not happen.</summary>
    public async Task<Outcome<Done>> Delete(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Rules.SingleOrDefaultAsync(r => r.Id == id, ct) is not { } rule) return NoSuchRule;
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        Audit.Record(db, actor, Acts.RuleDeleted, Subject(rule), before: rule.View());
        await db.SaveChangesAsync(ct);
        if (await db.Rules.Where(r => r.Id == id).ExecuteDeleteAsync(ct) == 0) return NoSuchRule; // and nothing is recorded either
        await tx.CommitAsync(ct);
        Tell();
        return new Done();
    }

    public Task<Outcome<Setting<BusinessHours>>> SetHours(Actor actor, BusinessHours hours, int? version, CancellationToken ct) => Set(actor, BusinessHours.Key, hours, hours.Check(), version, ct);

    public Task<Outcome<Setting<Targets>>> SetTargets(Actor actor, Targets targets, int? version, CancellationToken ct) => Set(actor, Targets.Key, targets, targets.Check(), version, ct);

    private async Task<Outcome<Setting<T>>> Set<T>(Actor actor, SettingKey<T> key, T value, Refusal? refusal, int? version, CancellationToken ct) where T : class
    {
        if (refusal is not null && actor.May(Permissions.SettingsManage)) return refusal;
        var set = await settings.Put(actor, key, value, version, ct);
        await clock.Refresh(ct);
        return set;
    }

    private void Tell() => signals.Send(new SettingsChanged(Changed));
}
