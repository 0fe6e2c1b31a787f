using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Outbound.Mail;

/// <summary>The outbox with the numbers that matter. It does not move by itself: nobody sits and watches mails go.</summary>
public sealed partial class OutboxPane(OutboxQueries queries, OutboxActions actions, MailOptions options) : LivePane
{
    private List<OutboxView> mails = [];
    private IReadOnlyList<InboundView> refused = [];
    private OutboxCounts counts = new(0, 0, 0, 0);
    private OutboxDetail? open;
    private string shown = "";
    private string? next;

    private MailOptions Options => options;

    [Inject] public DialogService Dialogs { get; set; } = null!;

    private IEnumerable<(string Status, string Words)> Tabs() =>
    [
        ("", "All"), ("waiting", $"Waiting ({counts.Waiting})"), ("failed", $"Failed ({counts.Failed})"), ("suppressed", $"Unknown addresses ({counts.Suppressed})"), options.Sends ? ("sent", $"Sent ({counts.SentToday} today)") : ("kept", "Kept"),
    ];

    protected override async Task Load()
    {
        counts = (await queries.Counts(Me, Time.GetUtcNow(), Gone)).Value ?? counts;
        refused = (await queries.Refused(Me, Gone)).Value ?? [];
        var page = await queries.Page(Me, shown, null, Gone);
        if (!page.Ok) return;
        (mails, next) = ([.. page.Value.Items], page.Value.NextCursor);
    }

    protected override ValueTask<bool> Apply(LiveEvent happened) => new(false);

    private async Task Show(string status)
    {
        (shown, open) = (status, null);
        await Load();
    }

    private Task Again() => Load();

    private async Task More()
    {
        var page = await Act(actor => queries.Page(actor, shown, next, Gone));
        if (!page.Ok) return;
        mails.AddRange(page.Value.Items);
        next = page.Value.NextCursor;
    }

    private async Task Open(OutboxView mail)
    {
        if (open?.Mail.Id == mail.Id)
        {
            open = null;
            return;
        }

        var found = await Act(actor => queries.Find(actor, mail.Id, Gone));
        open = found.Value;
    }

    private async Task Send(OutboxView mail)
    {
        if (mail.Status == MailStatus.Sent && !await Dialogs.Confirm("Send it again?", $"{mail.To} has got this mail already.", "Send again")) return;
        var sent = await Act(actor => actions.SendAgain(actor, mail.Id, Gone));
        if (sent.Ok) Tell("It is on its way again.");
        await Load();
    }
}
