using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Assignment;

/// <summary>The own presence, in the bar of every page of who works on tickets. Its circuit is what counts as being here.</summary>
public sealed partial class PresencePane(AgentQueries agents, AgentActions actions, TicketQueries tickets, Presence presence) : LivePane
{
    private static readonly (AgentStatus, string)[] Choices =
    [
        (AgentStatus.Available, "New tickets come to you"), (AgentStatus.Busy, "Keep yours, get no new ones"), (AgentStatus.Away, "Not here"),
    ];

    private readonly HashSet<Guid> offers = [];
    private AgentView? me;
    private IDisposable? here;

    private static string Look(AgentStatus status) => status.ToString().ToLowerInvariant();

    protected override async Task Load()
    {
        if (!Me.May(Permissions.TicketsWork)) return;
        if (Ready) here ??= presence.Enter(Me);
        Listen(Topic.Staff);
        me = (await agents.List(Me, Gone)).Value?.FirstOrDefault(a => a.Id == Me.Id);
        // Whoever looks at this page is connected; the rows that say so may be a moment behind.
        if (me is { Reason: "not_connected" } early) me = early with { Presence = Me.May(Permissions.TicketsAssign) ? AgentStatus.Busy : AgentStatus.Available, Reason = null };
        offers.Clear();
        foreach (var ticket in (await tickets.List(Me, new TicketFilter { OfferedTo = Me.Id, Limit = 100 }, Gone)).Value?.Items ?? []) offers.Add(ticket.Id);
    }

    protected override ValueTask<bool> Apply(LiveEvent happened)
    {
        switch (happened)
        {
            case PresenceChanged { Agent: var agent } when agent.Id == Me.Id && me is not null:
                me = agent;
                return new(true);
            case TicketChanged { Ticket: var ticket }:
                if (ticket.Offer?.AgentId != Me.Id) return new(Over(ticket.Id));
                if (!offers.Add(ticket.Id)) return new(false);
                if (Navigation.ToBaseRelativePath(Navigation.Uri).Contains("tab=offered", StringComparison.Ordinal)) return new(true); // there it appears by itself
                Toasts.Notify(new NotificationMessage { Severity = NotificationSeverity.Info, Summary = $"Offered to you: {ticket.Subject}", Duration = 8000, Payload = ticket.Id, Click = _ => Navigation.NavigateTo("/desk?tab=offered") });
                return new(true);
            default:
                return new(false);
        }
    }

    // Nobody comes too late for a message that is still there.
    private bool Over(Guid ticketId)
    {
        if (!offers.Remove(ticketId)) return false;
        if (Toasts.Messages.FirstOrDefault(m => m.Payload is Guid about && about == ticketId) is { } told) Toasts.Messages.Remove(told);
        return true;
    }

    private async Task Choose(AgentStatus status)
    {
        var chosen = await Act(actor => actions.SetPresence(actor, status, CancellationToken.None));
        if (chosen.Ok && me is { } mine) me = mine with { Presence = status, Reason = null };
    }

    public override ValueTask DisposeAsync()
    {
        here?.Dispose();
        return base.DisposeAsync();
    }
}
