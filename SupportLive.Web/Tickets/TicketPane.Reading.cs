using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Tickets;

/// <summary>How the pane comes to what was said before: by scrolling, and by opening at one entry.</summary>
public sealed partial class TicketPane
{
    private const int Before = 20;

    private (Feed, int)? opened;

    private (Feed Feed, int Seq)? Target => Note is { } note ? (Feed.Staff, note) : At is { } at ? (Feed.Public, at) : null;

    protected override async Task OnParametersSetAsync()
    {
        if (Ready && opened != Target) await Around();
    }

    // What was asked for may be long ago: then the stretch around it is shown, and not all that lies between.
    private async Task Around()
    {
        if (state?.Ticket is not { Id: var id } || Target is not var (feed, seq) || opened == Target) return;
        opened = Target;
        var target = (await chats.Page(Me, id, feed, Math.Max(0, seq - 1), null, 1, Gone)).Value?.Items is [var found] && found.Seq == seq ? found : null;
        if (target is null) return;
        var place = feed == Feed.Public ? seq : target.After ?? 0;
        if (state.Reaches(place))
        {
            state.Older([target]);
        }
        else
        {
            var around = await chats.Page(Me, id, Feed.Public, Math.Max(0, place - Before), null, Stretch, Gone);
            if (around.Ok) state.Open([.. around.Value.Items, target]);
        }

        Refresh();
    }

    private async Task Newer()
    {
        if (state is not { Ticket.Id: var id, HasNewer: true }) return;
        var page = await chats.Page(Me, id, Feed.Public, state.Entries.Last(e => e.Feed == Feed.Public).Seq, null, Stretch, Gone);
        if (page.Ok) state.Newer(page.Value.Items);
        Refresh();
    }

    private void Latest() => state?.Latest();

    private async Task Older()
    {
        if (state?.Ticket is not { } ticket || !state.HasOlder) return;
        var oldest = state.Entries.First(e => e.Feed == Feed.Public).Seq;
        var page = await chats.Page(Me, ticket.Id, Feed.Public, null, oldest, Stretch, Gone);
        if (page.Ok) state.Older(page.Value.Items);
        Refresh();
    }
}
