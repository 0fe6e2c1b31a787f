using Microsoft.AspNetCore.Components;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Outbound;

/// <summary>The bell and its drawer.</summary>
public sealed partial class NotificationsPane(NotificationQueries queries, NotificationActions actions, Attention attention) : LivePane
{
    private readonly NotificationsState state = new();
    private ElementReference opener;
    private ElementReference drawer;
    private bool open;
    private bool focus;

    [PersistentState] public int? First { get; set; }

    private IEnumerable<(string Name, IReadOnlyList<NotificationView> Items)> Groups
    {
        get
        {
            // The last 24 hours: the reader's midnight is not known here, and "Today" must not end in the middle of a working day.
            var since = Time.GetUtcNow().AddHours(-24);
            var (today, earlier) = (state.Items.Where(n => n.At >= since).ToList(), state.Items.Where(n => n.At < since).ToList());
            if (today.Count > 0) yield return ("Today", today);
            if (earlier.Count > 0) yield return ("Earlier", earlier);
        }
    }

    protected override void Restore() => state.Load([], First ?? 0);

    protected override async Task Load()
    {
        if (Ready)
        {
            var (newest, unread) = await queries.Newest(Me, 50, Gone);
            state.Load(newest, unread);
        }
        else state.Load([], (First = await queries.Unread(Me, Gone)).Value);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is NotificationRaised { Notification: var raised } told && attention.IsOn(raised.TicketId))
        {
            await actions.Read(Me, raised.Id, Gone);
            happened = told with { Notification = raised with { ReadAt = Time.GetUtcNow() } };
        }

        if (happened is not NotificationsRead) return state.Apply(happened);
        await Load();
        return true;
    }

    private void Toggle() => (open, focus) = (!open, !open);

    private async Task Close()
    {
        open = false;
        await opener.FocusAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focus || !open) return;
        focus = false;
        await drawer.FocusAsync();
    }

    private async Task ReadAll()
    {
        await actions.ReadAll(Me, Gone);
        await Load();
    }

    private async Task Open(NotificationView item)
    {
        open = false;
        // Who is mentioned is wanted: at the desk, whoever it is, and not at a wall to look at.
        Navigation.NavigateTo(item.Note is { } note ? $"/desk/{item.Number}?note={note}" : Places.Ticket(Me, item.Number));
        await actions.Read(Me, item.Id, CancellationToken.None);
    }
}
