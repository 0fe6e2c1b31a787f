using System.Globalization;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;

namespace SupportLive.Web.Assignment;

/// <summary>How tickets find somebody, switched while everybody works. What somebody else saves shows at once, unless this form was touched.</summary>
public sealed partial class AssignmentPane(Settings settings, AgentActions actions) : LivePane
{
    private static readonly (AssignmentMode, string)[] Modes =
    [
        (AssignmentMode.Manual, "Agents take tickets from the queue; the first to accept has it."),
        (AssignmentMode.Offer, "The best agent is asked; who declines or does not answer is passed over."),
        (AssignmentMode.Direct, "The best agent gets it at once."),
    ];

    private static readonly (string Name, string Label, Func<Form, double?> Get, Action<Form, double?> Set)[] Numbers =
    [
        ("offerSeconds", "Seconds an offer stands", f => f.OfferSeconds, (f, n) => f.OfferSeconds = n),
        ("defaultCapacity", "Default capacity", f => f.DefaultCapacity, (f, n) => f.DefaultCapacity = n),
        ("weights.low", "Weight of Low", f => f.Low, (f, n) => f.Low = n),
        ("weights.medium", "Weight of Medium", f => f.Medium, (f, n) => f.Medium = n),
        ("weights.high", "Weight of High", f => f.High, (f, n) => f.High = n),
        ("weights.urgent", "Weight of Urgent", f => f.Urgent, (f, n) => f.Urgent = n),
    ];

    private Form? form;
    private int version;
    private bool changed;
    private Refusal? refusal;

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        var now = await settings.Get(AssignmentSettings.Key, Gone);
        if (changed) return;
        (form, version, refusal) = (Form.Of(now.Value), now.Version, null);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged { Key: var key } || key != AssignmentSettings.Key.Name) return false;
        await Load();
        return true;
    }

    private void Change(Action<Form> change)
    {
        change(form!);
        changed = true;
    }

    private static double? Number(object? value) => double.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task Save()
    {
        if (form!.Wrong() is { } wrong)
        {
            refusal = wrong;
            return;
        }

        var saved = await Act(actor => actions.Configure(actor, form.Settings(), version, CancellationToken.None), quiet: true);
        refusal = saved.Refusal;
        if (refusal is not null && refusal.Code != Core.Data.Settings.Stale.Code) return;
        changed = false;
        if (saved.Ok) Tell("Assignment is saved.");
        var stale = refusal;
        await Load();
        refusal = stale;
    }

    private sealed class Form
    {
        public AssignmentMode? Mode { get; set; }
        public double? OfferSeconds { get; set; }
        public double? DefaultCapacity { get; set; }
        public double? Low { get; set; }
        public double? Medium { get; set; }
        public double? High { get; set; }
        public double? Urgent { get; set; }

        public static Form Of(AssignmentSettings s) => new()
        {
            Mode = s.Mode,
            OfferSeconds = s.OfferSeconds,
            DefaultCapacity = s.DefaultCapacity,
            Low = s.Weights!.Low,
            Medium = s.Weights.Medium,
            High = s.Weights.High,
            Urgent = s.Weights.Urgent,
        };

        /// <summary>What a number field can hold and the settings cannot.</summary>
        public Refusal? Wrong()
        {
            var check = new Check();
            foreach (var (name, label, get, _) in Numbers) check.That(get(this) is not null, name, $"{label} is a number.");
            return check.That(OfferSeconds % 1 == 0, "offerSeconds", "Seconds are a whole number.").That(DefaultCapacity % 1 == 0, "defaultCapacity", "A capacity is a whole number.").Refusal;
        }

        public AssignmentSettings Settings() => new(Mode, Whole(OfferSeconds), Whole(DefaultCapacity), new(Low, Medium, High, Urgent));

        private static int Whole(double? number) => (int)Math.Clamp(number!.Value, -1, 1_000_000);
    }
}
