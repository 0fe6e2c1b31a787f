using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Reports;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Reports;

/// <summary>Reports that are sent by themselves.</summary>
public sealed partial class SchedulesPane(Settings settings, ReportScheduleActions actions, DialogService dialogs, MailOptions mail) : LivePane
{
    private IReadOnlyList<ReportSchedule> items = [];
    private int version;
    private ScheduleEdit? edit;
    private Refusal? refusal;
    private bool saving;

    /// <summary>What a new schedule begins with.</summary>
    [Parameter] public string Zone { get; set; } = "UTC";

    [Parameter] public IReadOnlyList<CategoryView> Categories { get; set; } = [];

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        var set = await settings.Get(ReportSchedules.Key, Gone);
        (items, version) = (set.Value.Items, set.Version);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged changed || changed.Key != ReportSchedules.Key.Name || saving) return false;
        await Load();
        return true;
    }

    private void Add() => (edit, refusal) = (new ScheduleEdit { Zone = Zone }, null);

    private async Task Save()
    {
        if (edit is null || saving) return;
        if (await Put([.. items, edit.Schedule()])) edit = null;
    }

    private async Task Remove(ReportSchedule item)
    {
        if (await dialogs.Confirm("Delete this schedule?", $"“{item.Name}” is not sent any more.", "Delete")) await Put([.. items.Where(i => i.Id != item.Id)]);
    }

    private async Task<bool> Put(IReadOnlyList<ReportSchedule> wanted)
    {
        saving = true;
        var saved = await Act(actor => actions.Put(actor, wanted, version, Gone), quiet: edit is not null);
        (saving, refusal) = (false, saved.Refusal is { Fields: { } fields } wrong ? wrong with { Fields = fields.ToDictionary(f => Local(f.Key), f => f.Value, StringComparer.Ordinal) } : saved.Refusal);
        if (saved.Refusal is not { Fields: not null }) await Load();
        return saved.Ok;
    }

    // From items[3].timeZone to the field on the form.
    private static string Local(string field) => field[(field.LastIndexOf('.') + 1)..] is var name && name == "timeZone" ? "schedule-zone" : name;
}
