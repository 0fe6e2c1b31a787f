using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;

namespace SupportLive.Web.Escalation;

/// <summary>Targets per priority, and when solved tickets close.</summary>
public sealed partial class TargetsPane(Settings settings, EscalationActions actions) : LivePane
{
    private CountedHours hours;
    private int? closes;
    private int version;
    private Refusal? refusal;
    private bool saving;

    private TargetRow[] Rows { get; set; } = [.. Enum.GetValues<TicketPriority>().Select(_ => new TargetRow())];

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        var set = await settings.Get(Targets.Key, Gone);
        Rows = [.. Enum.GetValues<TicketPriority>().Select(p => new TargetRow { FirstResponse = set.Value.FirstResponse?.For(p), Resolution = set.Value.Resolution?.For(p) })];
        (hours, closes, version) = (set.Value.Hours ?? CountedHours.Always, set.Value.CloseAfterDays, set.Version);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged changed || changed.Key != Targets.Key.Name || saving) return false;
        await Load();
        return true;
    }

    private async Task Save()
    {
        if (saving) return;
        saving = true;
        var wanted = new Targets(Minutes(r => r.FirstResponse), Minutes(r => r.Resolution), hours, closes);
        var saved = await Act(actor => actions.SetTargets(actor, wanted, version, Gone), quiet: true);
        (refusal, saving) = (saved.Refusal, false);
        if (saved.Refusal is { Fields: not null }) return;
        await Load();
        if (saved.Ok) Tell("The targets are saved.");
    }

    private TargetMinutes Minutes(Func<TargetRow, double?> of) => new(of(Rows[0]), of(Rows[1]), of(Rows[2]), of(Rows[3]));

    private sealed class TargetRow
    {
        public double? FirstResponse { get; set; }

        public double? Resolution { get; set; }
    }
}
