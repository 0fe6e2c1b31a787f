using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Chat;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Tickets;

/// <summary>A ticket: its details and its conversation, for the customer, at the desk, and for who only watches.</summary>
public sealed partial class TicketPane(
    TicketQueries tickets, ChatQueries chats, TicketActions moves, LinkActions links, ChatActions talk, NotificationActions notifications, AgentQueries agents, CategoryNames names, DialogService dialogs, Epoch epoch) : LivePane
{
    private const int Stretch = 50;

    /// <summary>Characters of a conversation that are handed from the first rendering to the live one; a longer one is simply read again.</summary>
    private const int Handed = 150_000;

    private ConversationState? state;
    private Refusal? refusal;
    private string? log;
    private bool moving;
    private bool showDetails;
    private bool whispering;

    [Parameter, EditorRequired] public long Number { get; set; }

    /// <summary>Watching never marks as read, and never answers.</summary>
    [Parameter] public bool Watching { get; set; }

    /// <summary>Where the arrow leads.</summary>
    [Parameter] public string Back { get; set; } = "/";

    /// <summary>The seq of the entry, or of the note, that somebody came for.</summary>
    [Parameter] public int? At { get; set; }

    /// <inheritdoc cref="At"/>
    [Parameter] public int? Note { get; set; }

    [PersistentState] public ConversationSnapshot? First { get; set; }

    private TicketView? View => state?.Ticket?.For(Me, Time.GetUtcNow());

    private bool Locked => moving || !Ready;

    private bool CanCompose(TicketView view) => Watching ? whispering && !view.Status.IsTerminal() : view.CanWrite || (view.StaffSeq is not null && !view.Status.IsTerminal());

    protected override void Restore()
    {
        if (First?.Ticket.Number != Number) return;
        state = new ConversationState(Me.Id);
        state.Load(First);
        Link(First.Links);
    }

    protected override async Task Load()
    {
        await Names();
        var id = state?.Ticket?.Id;
        if (id is null)
        {
            var found = await tickets.Find(Me, Number.ToString(System.Globalization.CultureInfo.InvariantCulture), Gone);
            refusal = found.Refusal;
            id = found.Value?.Id;
        }

        if (id is not { } ticketId) return;
        Listen(Topic.Ticket(ticketId));
        if (Me.IsStaff) Listen(Topic.TicketStaff(ticketId));
        await Join(ticketId);
        await Around();
    }

    private async Task Join(Guid ticketId)
    {
        for (var more = true; more;)
        {
            if (epoch.IsOver(log)) state = null; // what is shown is of a log that was replaced by a backup
            log = epoch.Value;
            var joined = await chats.Join(Me, ticketId, state?.Shown, state?.NotesShown, Gone);
            refusal = joined.Refusal;
            if (!joined.Ok) return;
            if (joined.Value.Reset) state = null;
            if (!Ready && joined.Value.Entries.Sum(e => 300 + (e.Body?.Length ?? 0)) < Handed) First = joined.Value;
            state ??= new ConversationState(Me.Id);
            state.Load(joined.Value);
            Link(joined.Value.Links);
            more = joined.Value.More;
        }
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (state?.Ticket is not { } ticket) return false;
        var arrival = state.Apply(happened, Time.GetUtcNow());
        editing?.Apply(state.Ticket);
        var relinked = await ApplyLinks(happened);
        if (!TicketTable.CanRead(state.Ticket.State, Me)) refusal = Refusal.NotFound();
        if (arrival == Arrival.Hole) await Fill(ticket.Id, happened.Entry!);
        if (happened is Core.Chat.Typing) _ = DrawIn(TimeSpan.FromSeconds(5.1));
        return relinked || arrival != Arrival.Known;
    }

    private async Task Fill(Guid ticketId, EntryView upTo)
    {
        for (var at = -1; ;)
        {
            var shown = (upTo.Feed == Feed.Public ? state!.Shown : state!.NotesShown) ?? 0;
            if (shown >= upTo.Seq || shown == at) return;
            at = shown;
            var page = await chats.Page(Me, ticketId, upTo.Feed, shown, null, Stretch, Gone);
            if (page.Ok) state.Fill(page.Value.Items);
        }
    }
}
