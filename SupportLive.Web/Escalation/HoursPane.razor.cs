using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Escalation;

/// <summary>When the desk is open.</summary>
public sealed partial class HoursPane(Settings settings, EscalationActions actions) : LivePane
{
    private static readonly string[] Names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly Lazy<string[]> AllZones = new(() => [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC").Order(StringComparer.Ordinal)]);

    private readonly Dictionary<string, string> days = BusinessHours.Days.ToDictionary(d => d, _ => "");
    private FormDraft? draft;
    private string? zone;
    private string holidays = "";
    private int version;
    private Refusal? refusal;
    private bool saving;

    private string[] Zones => Ready ? AllZones.Value : [];

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        var set = await settings.Get(BusinessHours.Key, Gone);
        foreach (var day in BusinessHours.Days) days[day] = HoursText.Of(set.Value.Week?.GetValueOrDefault(day));
        (zone, holidays, version) = (set.Value.TimeZone, string.Join(", ", set.Value.Holidays ?? []), set.Version);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged changed || changed.Key != BusinessHours.Key.Name || saving) return false;
        await Load();
        return true;
    }

    private async Task Save()
    {
        if (saving) return;
        saving = true;
        var wanted = new BusinessHours(zone?.Trim(), days.ToDictionary(d => d.Key, d => HoursText.Read(d.Value)), HoursText.Parts(holidays));
        var saved = await Act(actor => actions.SetHours(actor, wanted, version, Gone), quiet: true);
        (refusal, saving) = (saved.Refusal, false);
        if (saved.Refusal is { Fields: not null }) return;
        if (draft is not null) await draft.Forget();
        await Load();
        if (saved.Ok) Tell("The business hours are saved.");
    }
}
