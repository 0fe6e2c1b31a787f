namespace SupportLive.Web.Tickets;

/// <summary>Which rows of a list are ticked; a row that has left the list is not.</summary>
public sealed class Selection
{
    private readonly HashSet<Guid> ticked = [];

    public bool Has(Guid id) => ticked.Contains(id);

    public void Toggle(Guid id)
    {
        if (!ticked.Remove(id)) ticked.Add(id);
    }

    /// <summary>All, or none when all were.</summary>
    public void ToggleAll(TicketListState list)
    {
        var rows = Of(list);
        if (rows.Count == list.Count) ticked.Clear();
        else ticked.UnionWith(list.Rows.Where(r => list.TakenBy(r.Ticket.Id) is null).Select(r => r.Ticket.Id));
    }

    public void Clear() => ticked.Clear();

    /// <summary>The ticked tickets that are in this list, in its order.</summary>
    public IReadOnlyList<Core.Tickets.TicketSnapshot> Of(TicketListState list) =>
        [.. list.Rows.Where(r => ticked.Contains(r.Ticket.Id) && list.TakenBy(r.Ticket.Id) is null).Select(r => r.Ticket)];
}
