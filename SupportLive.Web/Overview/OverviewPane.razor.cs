using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Overview;
using SupportLive.Core.Tickets;
using SupportLive.Web.Assignment;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Overview;

/// <summary>The live wall: drawn from the picture that its node keeps for everybody, and from nothing else.</summary>
public sealed partial class OverviewPane(
    WallBoard board, AgentQueries staff, TicketActions moves, CategoryNames names, TargetClock clock, DialogService dialogs) : LivePane
{
    private const int Handed = 30;

    private readonly AgentsState agents = new();
    private WallChoice choice = WallChoice.Parse("");
    private WallView? wall;
    private IDisposable? watching;
    private TicketSnapshot? dragged;
    private bool moving;

    /// <summary>The watched ticket; 0 when none is.</summary>
    [Parameter] public long Number { get; set; }

    /// <summary>The address behind the path.</summary>
    [Parameter] public string Query { get; set; } = "";

    [PersistentState] public OverviewSnapshot? First { get; set; }

    private TargetClock Clock => clock;

    private bool Locked => moving || !Ready;

    protected override void OnParametersSet() => choice = WallChoice.Parse(Query);

    protected override void Restore()
    {
        choice = WallChoice.Parse(Query);
        if (First is null) return;
        agents.Load(First.Agents);
        wall = First.Wall;
        if (Ready) First = null; // has been handed over
    }

    protected override async Task Load()
    {
        Listen(Topic.Wall);
        Listen(Topic.Settings);
        if (Ready) watching ??= board.Watch();
        await names.Refresh(Gone);
        agents.Load((await staff.List(Me, Gone)).Value ?? []);
        var now = await board.Now(Me, Gone);
        if (now.Ok) wall = now.Value;
        if (!Ready && wall is not null) First = new OverviewSnapshot(wall with { Conversations = [.. choice.Rows(wall, clock.Times).Take(Handed)] }, [.. agents.Agents]);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is SettingsChanged)
        {
            await names.Refresh(Gone);
            await clock.Refresh(Gone);
            return true;
        }

        if (happened is not WallMoved moved) return agents.Apply(happened);
        if (moved.Wall.At < wall?.At) return false;
        wall = moved.Wall;
        return true;
    }

    private void Choose(string name, string value) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = value.Length > 0 ? value : null }));

    private void Clear() => Navigation.NavigateTo(Number == 0 ? "/admin" : $"/admin/{Number}");

    private Task Chat(TicketSnapshot ticket) => dialogs.Chat(ticket, watching: ticket.Assignee?.Id != Me.Id, "/admin");

    private Task Move(Verb verb, TicketSnapshot ticket) => Moving(() => moves.Ask(dialogs, verb, ticket, Me, staff));

    // What is dropped on somebody is theirs, also when they are away: the hand knows why.
    private async Task Drop(AgentView agent)
    {
        if (dragged is not { } ticket) return;
        dragged = null;
        if (ticket.Assignee?.Id == agent.Id) return;
        if (await Moving(() => Task.FromResult<Move?>((actor, ct) => moves.Assign(actor, ticket.Id, agent.Id, force: true, ct)))) Tell($"#{ticket.Number} is {agent.DisplayName}'s now.");
    }

    private async Task<bool> Moving(Func<Task<Move?>> ask)
    {
        if (moving) return false;
        moving = true;
        try
        {
            return await ask() is { } move && (await Act(actor => move(actor, CancellationToken.None))).Ok;
        }
        finally
        {
            moving = false;
        }
    }

    public override ValueTask DisposeAsync()
    {
        watching?.Dispose();
        return base.DisposeAsync();
    }
}

/// <summary>What the first rendering of the wall hands to the live one.</summary>
public sealed record OverviewSnapshot(WallView Wall, AgentView[] Agents);
