using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Tickets;

/// <summary>The agent's lists: what is theirs, what waits, and all.</summary>
public sealed partial class DeskPane(TicketActions moves, AgentQueries agents, SavedViews saved, DialogService dialogs) : ListPane
{
    private const string Mine = "Mine";
    private const string Queue = "Queue";
    private const string Offered = "Offered";
    private static readonly string[] Tabs = [Offered, Mine, Queue, "All"];

    private DeskState? state;
    private string? chosen;
    private bool moving;
    private bool wasShown;
    private long shown;

    /// <summary>The open ticket; 0 when none is.</summary>
    [Parameter] public long Number { get; set; }

    [PersistentState] public DeskSnapshot? First { get; set; }

    private DeskState State => state ??= new DeskState(Me.Id);

    private string Tab => chosen ?? (Number == 0 ? Queue : Mine);

    protected override IReadOnlyList<TicketListState> Lists => filtered is null
        ? [State.Offered, State.Mine, State.Queue, State.All] : [State.Offered, State.Mine, State.Queue, State.All, filtered];

    private TicketListState List(string name) => name == narrowed && filtered is not null ? filtered : Bare(name);

    private TicketListState Bare(string name) => name switch
    {
        Offered => State.Offered,
        Mine => State.Mine,
        Queue => State.Queue,
        _ => State.All,
    };

    private int Unread(string name) => name == Mine ? State.Mine.Rows.Sum(r => r.Unread) : 0;

    protected override void Restore()
    {
        if (First is null) return;
        State.Offered.Load(First.Offered);
        State.Mine.Load(First.Mine);
        State.Queue.Load(First.Queue);
        if (Ready) First = null; // has been handed over
    }

    protected override async Task Load()
    {
        Listen(Topic.Staff);
        Listen(Topic.StaffChats);
        Choose();
        await base.Load();
        await ReadViews(); // not before the base listens: a view that is saved between would be missed
        await Fill();
        foreach (var offer in Offers) await ReadEarlier(offer.Ticket);
        if (!Ready) First = new DeskSnapshot([.. State.Offered.Rows], Handed(State.Mine), Handed(State.Queue));
    }

    // A ticket opened out of the queue is shown beside the queue.
    protected override void OnParametersSet()
    {
        if (shown == 0 && Number != 0 && wasShown) chosen ??= Queue;
        (shown, wasShown) = (Number, true);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is SettingsChanged { Key: SavedViews.Changed })
        {
            await ReadViews();
            return true;
        }

        await Offer(happened);
        if (happened is TicketChanged { Moved.Kind: Wire.TicketAccepted, Ticket: var ticket } && ticket.Number == Number && ticket.Assignee?.Id == Me.Id) chosen = Mine;
        await Turn();
        return await base.Apply(happened);
    }

    private async Task Move((Verb Verb, TicketSnapshot Ticket) wanted)
    {
        if (moving) return;
        moving = true;
        try
        {
            if (await moves.Ask(dialogs, wanted.Verb, wanted.Ticket, Me, agents) is not { } move) return;
            var moved = await Act(actor => move(actor, CancellationToken.None));
            if (!moved.Ok || wanted.Verb != Verb.Accept) return;
            chosen = Mine;
            Navigation.NavigateTo($"/desk/{moved.Value.Number}");
        }
        finally
        {
            moving = false;
        }
    }
}

/// <summary>What the first rendering of the desk hands to the live one.</summary>
public sealed record DeskSnapshot(ChatSnapshot[] Offered, ChatSnapshot[] Mine, ChatSnapshot[] Queue);
