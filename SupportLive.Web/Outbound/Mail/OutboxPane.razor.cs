using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Outbound.Mail;

/// <summary>The outbox with the numbers that matter. Senders signal nobody, so the page looks again by itself.</summary>
public sealed partial class OutboxPane(OutboxQueries queries, OutboxActions actions, MailOptions options) : LivePane
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    private int asked;
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
        await Read();
        LookEvery(Look, Read);
    }

    // As many as are shown, so that nobody who has asked for more is thrown back. The last question wins, whatever order the answers come in.
    private async Task<bool> Read()
    {
        var question = ++asked;
        var (nowCounts, nowRefused) = ((await queries.Counts(Me, Time.GetUtcNow(), Gone)).Value ?? counts, (await queries.Refused(Me, Gone)).Value ?? []);
        var (rows, cursor) = (new List<OutboxView>(), (string?)null);
        do
        {
            var page = await queries.Page(Me, shown, cursor, Gone);
            if (!page.Ok || question != asked) return false;
            rows.AddRange(page.Value.Items);
            cursor = page.Value.NextCursor;
        }
        while (cursor is not null && rows.Count < mails.Count);

        var same = nowCounts == counts && cursor == next && rows.SequenceEqual(mails) && nowRefused.SequenceEqual(refused);
        (counts, refused, mails, next) = (nowCounts, nowRefused, rows, cursor);
        return !same;
    }

    protected override ValueTask<bool> Apply(LiveEvent happened) => new(false);

    private async Task Show(string status)
    {
        (shown, open, mails) = (status, null, []);
        await Read();
    }

    private async Task More()
    {
        var page = await Act(actor => queries.Page(actor, shown, next, Gone));
        if (!page.Ok) return;
        asked++; // a look that is on its way knows nothing of these
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
        await Read();
    }
}
