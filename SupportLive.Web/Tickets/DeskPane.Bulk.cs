using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Tickets;

/// <summary>Many tickets at once: ticked in a list, moved one after the other.</summary>
public sealed partial class DeskPane
{
    private readonly Selection selection = new();
    private BulkRun? run;

    private bool CanSelect => Tab != Offered;

    private IReadOnlyList<TicketSnapshot> Selected => CanSelect && List(Tab) is { } list ? selection.Of(list) : [];

    private HashSet<Verb> Allowed => [.. Selected.SelectMany(t => TicketTable.Moves(t.State, Me, Time.GetUtcNow()))];

    private async Task Bulk(string verb)
    {
        var tickets = Selected;
        if (run is not null || tickets.Count == 0 || await AskBulk(verb, tickets.Count) is not { } move) return;
        run = new BulkRun(verb, tickets);
        await run.Go(ticket => Act(actor => move(actor, ticket.Id), quiet: true), Refresh);
        selection.Clear();
        Refresh();
    }

    // The same methods as the single moves; each ticket is asked for by itself.
    private async Task<Func<Actor, Guid, Task<Outcome<TicketSnapshot>>>?> AskBulk(string verb, int count)
    {
        var many = count == 1 ? "1 ticket" : $"{count} tickets";
        switch (verb)
        {
            case "Assign":
                var all = (await Act(actor => agents.List(actor, Gone))).Value ?? [];
                var agent = await dialogs.Agent($"Assign {many}", [.. all.OrderBy(a => a.Presence).ThenBy(a => a.Load)]);
                return agent is null ? null : (actor, id) => moves.Assign(actor, id, agent.Value, force: true, CancellationToken.None); // their presence stands beside the name
            case "Tag":
                var tags = await dialogs.Tags($"Tag {many}");
                return tags is null ? null : (actor, id) => moves.Edit(actor, id, new TicketEdit(AddTags: tags), CancellationToken.None);
            case "Priority":
                var priority = await dialogs.Priority($"Priority of {many}");
                return priority is null ? null : (actor, id) => moves.Edit(actor, id, new TicketEdit(Priority: priority), CancellationToken.None);
            case "Close":
                return await dialogs.Confirm($"Close {many}?", count == 1 ? "Nobody can write in this conversation afterwards." : "Nobody can write in these conversations afterwards.", count == 1 ? "Close ticket" : "Close tickets") ? (actor, id) => moves.Close(actor, id, CancellationToken.None) : null;
            default: throw new InvalidOperationException($"There is no button for {verb}.");
        }
    }

    private void EndBulk()
    {
        if (run is { IsRunning: true }) return;
        run = null;
        selection.Clear();
    }
}
