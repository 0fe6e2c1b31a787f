using Microsoft.AspNetCore.Components;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;

namespace SupportLive.Web.Tickets;

/// <summary>A live pane that shows lists of tickets.</summary>
public abstract class ListPane : LivePane
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2.5);

    private bool sweeping;

    [Inject] public TicketQueries Tickets { get; set; } = null!;

    [Inject] public ChatQueries Chats { get; set; } = null!;

    [Inject] public SharedRows Shared { get; set; } = null!;

    [Inject] public CategoryNames Names { get; set; } = null!;

    [Inject] public TargetClock Clock { get; set; } = null!;

    protected abstract IReadOnlyList<TicketListState> Lists { get; }

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        await Names.Refresh(Gone);
        foreach (var list in Lists) list.Load((await Read(list.Filter)).Items);
    }

    /// <summary>One page of a list, with last messages and unread counts.</summary>
    protected async Task<Page<ChatSnapshot>> Read(TicketFilter filter)
    {
        var page = (await Tickets.List(Me, filter, Gone)).Must();
        return new Page<ChatSnapshot>(Shared.Of(await Chats.With(Me, page.Items, Gone)), page.NextCursor);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        var changed = happened is SettingsChanged; // targets: countdowns are reckoned anew
        if (changed) await Clock.Refresh(Gone);
        foreach (var list in Lists)
        {
            changed |= list.Apply(happened);
            if (list.Unknown is { Count: > 0 } unknown) list.Put(await Chats.With(Me, unknown, Gone));
        }

        if (!sweeping && Lists.Any(l => l.HasLeaving)) _ = Sweep();
        return changed;
    }

    private async Task Sweep()
    {
        sweeping = true;
        await Task.Delay(Farewell, Time, CancellationToken.None);
        foreach (var list in Lists) list.Sweep();
        sweeping = false;
        Refresh();
    }

    /// <summary>What a first rendering hands to the live one: enough for a screen, without the long texts.</summary>
    protected static ChatSnapshot[] Handed(TicketListState list) =>
        [.. list.Rows.Take(30).Select(r => r with { Ticket = r.Ticket with { Description = r.LastMessage is null ? r.Ticket.Beginning() : "" }, LastMessage = r.LastMessage is { } m ? m with { Body = m.Body is { Length: > 160 } b ? b[..160] : m.Body } : null })];
}
