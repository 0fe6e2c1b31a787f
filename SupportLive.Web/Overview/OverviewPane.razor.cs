using Microsoft.AspNetCore.Components;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Web.Assignment;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Overview;

/// <summary>The live wall.</summary>
public sealed partial class OverviewPane : ListPane
{
    private readonly AgentsState agents = new();
    private OverviewState? state;
    private string? cursor;

    /// <summary>The watched ticket; 0 when none is.</summary>
    [Parameter] public long Number { get; set; }

    [Inject] public AgentQueries Staff { get; set; } = null!;

    [PersistentState] public OverviewSnapshot? First { get; set; }

    private OverviewState State => state ??= new OverviewState(Me.Id);

    protected override IReadOnlyList<TicketListState> Lists => [State.All, State.Waiting, State.Active];

    protected override void Restore()
    {
        if (First is null) return;
        agents.Load(First.Agents);
        State.All.Load(First.All);
        State.Waiting.Load(First.Waiting);
        State.Active.Load(First.Active);
        if (Ready) First = null; // has been handed over
    }

    protected override async Task Load()
    {
        Listen(Topic.Staff);
        Listen(Topic.StaffChats);
        await Names.Refresh(Gone);
        agents.Load((await Staff.List(Me, Gone)).Must());
        var all = await Read(State.All.Filter);
        State.All.Load(all.Items);
        cursor = all.NextCursor;
        State.Waiting.Load((await Read(State.Waiting.Filter)).Items);
        State.Active.Load((await Read(State.Active.Filter)).Items);
        if (!Ready) First = new OverviewSnapshot(Handed(State.All), Handed(State.Waiting), Handed(State.Active), [.. agents.Agents]);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened) => agents.Apply(happened) || await base.Apply(happened);

    private async Task More()
    {
        var page = await Read(State.All.Filter with { Cursor = cursor });
        State.All.Put(page.Items);
        cursor = page.NextCursor;
    }
}

/// <summary>What the first rendering of the wall hands to the live one.</summary>
public sealed record OverviewSnapshot(ChatSnapshot[] All, ChatSnapshot[] Waiting, ChatSnapshot[] Active, AgentView[] Agents);
