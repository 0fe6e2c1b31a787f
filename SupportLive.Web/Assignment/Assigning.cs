using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Assignment;

/// <summary>The question "to whom?".</summary>
internal static class Assigning
{
    /// <summary>To whom this person can give the ticket: with the order and reasons of assignment for who may see them, else by presence.</summary>
    public static async Task<IReadOnlyList<WhoView>> Choice(this AgentQueries agents, Actor me, TicketSnapshot ticket, CancellationToken ct)
    {
        var who = await agents.Who(me, ticket.Id, ct);
        var all = who.Ok ? who.Value : ((await agents.List(me, ct)).Value ?? []).OrderBy(a => a.Presence).ThenBy(a => a.Load)
            .Select(a => new WhoView(a.Id, a.DisplayName, a.Presence == AgentStatus.Available, a.Presence, a.Load, a.Capacity, a.Conversations, $"Load {a.Load} of {a.Capacity}")).ToArray();
        return [.. all.Where(a => a.AgentId != ticket.Assignee?.Id)];
    }

    /// <summary>Null when the person thought better of it.</summary>
    public static async Task<Guid?> Assign(this DialogService dialogs, TicketSnapshot ticket, IReadOnlyList<WhoView> agents) =>
        await dialogs.OpenAsync<AssignDialog>($"Assign ticket #{ticket.Number}", new Dictionary<string, object?> { ["Agents"] = agents },
            new DialogOptions { Width = "min(520px, calc(100vw - 24px))", CloseDialogOnOverlayClick = true, CloseDialogOnEsc = true, AutoFocusFirstElement = true }) as Guid?;
}
