using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;

namespace SupportLive.Web.Outbound.Mail;

public sealed partial class LogoPane : LivePane
{
    private MailLogo? logo;
    private Refusal? refusal;
    private bool saving;

    [Inject] public Core.Data.Settings Stored { get; set; } = null!;

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        logo = (await Stored.Get(MailLogo.Key, Gone)).Value;
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged set || set.Key != MailLogo.Key.Name) return false;
        await Load();
        return true;
    }

    private async Task Take(InputFileChangeEventArgs chosen)
    {
        if (chosen.File.Size > MailLogo.Most)
        {
            refusal = Refusal.Invalid("picture", $"This picture has {chosen.File.Size / 1024} kB; a logo has at most {MailLogo.Most / 1024} kB, because it goes along with every mail.");
            return;
        }

        using var bytes = new MemoryStream();
        await using (var file = chosen.File.OpenReadStream(MailLogo.Most, Gone)) await file.CopyToAsync(bytes, Gone);
        await Save(bytes.ToArray());
    }

    private async Task Save(byte[]? picture)
    {
        saving = true;
        var saved = await Act(actor => MailLogo.Set(Stored, actor, picture, CancellationToken.None), quiet: true);
        (saving, refusal) = (false, saved.Refusal);
        await Load();
        if (saved.Ok) Tell(picture is null ? "The logo is taken away." : "The logo is saved.");
    }
}
