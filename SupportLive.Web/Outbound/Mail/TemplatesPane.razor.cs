using Microsoft.AspNetCore.Components;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;

namespace SupportLive.Web.Outbound.Mail;

public sealed partial class TemplatesPane(OutboxActions actions) : LivePane
{
    private readonly TemplatesState state = new();
    private Letter? preview;
    private Refusal? refusal;
    private int version;
    private bool changed;
    private bool saving;

    [Inject] public Core.Data.Settings Stored { get; set; } = null!;

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        if (changed) return;
        var set = await Stored.Get(MailTemplates.Key, Gone);
        state.Load(set.Value);
        version = set.Version;
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged set || set.Key != MailTemplates.Key.Name) return false;
        await Load();
        return true;
    }

    private void Type(Action type)
    {
        type();
        (changed, preview) = (true, null);
    }

    private void Choose(string kind)
    {
        state.Choose(kind);
        preview = null;
    }

    private async Task Preview()
    {
        refusal = state.Whole().Check();
        preview = preview is null && refusal is null ? await actions.Preview(state.Whole(), state.Kind, state.Language, Gone) : null;
    }

    private async Task Try()
    {
        var sent = await Act(actor => actions.Try(actor, state.Whole(), state.Kind, state.Language, CancellationToken.None), quiet: true);
        refusal = sent.Refusal;
        if (sent.Ok) Tell($"A test is sent to {sent.Value}.");
    }

    private async Task Save()
    {
        saving = true;
        var saved = await Act(actor => MailTemplates.Set(Stored, actor, state.Whole(), version, CancellationToken.None), quiet: true);
        (saving, refusal) = (false, saved.Refusal);
        if (saved.Refusal is { Fields: not null }) return;
        changed = false;
        await Load();
        if (saved.Ok) Tell("The mails are saved.");
    }
}
