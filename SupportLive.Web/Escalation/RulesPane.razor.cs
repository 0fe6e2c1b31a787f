using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Escalation;

/// <summary>The rules as sentences, and the one that is being written. What colleagues change appears by itself; a draft stays as it is.</summary>
public sealed partial class RulesPane(EscalationQueries queries, EscalationActions actions, TicketQueries tickets, CategoryNames names, DialogService dialogs) : LivePane
{
    private RuleEdit? form;
    private Refusal? refusal;
    private bool saving;

    [PersistentState] public RuleView[]? Rules { get; set; }

    [PersistentState] public CategoryView[]? Categories { get; set; }

    private bool Locked => !Ready || saving;

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        await names.Refresh(Gone);
        Categories = [.. await tickets.Categories(Gone)];
        Rules = [.. (await queries.Rules(Me, Gone)).Must()];
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged { Key: EscalationActions.Changed }) return false;
        await Load();
        return true;
    }

    private void Edit(RuleView? rule) => (form, refusal) = (new RuleEdit(rule), null);

    private void Cancel() => (form, refusal) = (null, null);

    private async Task Save()
    {
        if (form is not { } wanted || saving) return;
        saving = true;
        var saved = await Act(actor => wanted.Id is { } id ? actions.Change(actor, id, wanted.Draft(), Gone) : actions.Create(actor, wanted.Draft(), Gone), quiet: true);
        saving = false;
        refusal = saved.Refusal;
        if (saved.Ok)
        {
            form = null;
            Tell("The rule is saved.");
        }
        else if (saved.Refusal.Current is RuleView current) form = new RuleEdit(current);
        await Load();
    }

    private Task Turn(RuleView rule) => Act(actor => actions.Change(actor, rule.Id, new RuleDraft(rule.Name, !rule.Enabled, rule.When, rule.AfterMinutes, rule.Hours, rule.Then, rule.Version), Gone));

    private async Task Delete(RuleView rule)
    {
        if (await dialogs.Confirm("Delete this rule?", $"“{rule.Name}” does nothing any more. What it has done stays.", "Delete")) await Act(actor => actions.Delete(actor, rule.Id, Gone));
    }
}
