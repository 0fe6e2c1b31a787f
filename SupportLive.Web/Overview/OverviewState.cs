using SupportLive.Core.Tickets;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Overview;

/// <summary>Everything that moves, for who answers for it.</summary>
public sealed class OverviewState(Guid readerId)
{
    public TicketListState All { get; } = new(new TicketFilter { Sort = TicketSort.Updated, Limit = 100 }, readerId, Orders.Activity);

    public TicketListState Waiting { get; } = new(new TicketFilter { Status = [TicketStatus.Open], Sort = TicketSort.Waiting, Limit = 100 }, readerId, Orders.Waiting);

    public TicketListState Active { get; } = new(new TicketFilter { Status = [TicketStatus.InProgress], Sort = TicketSort.Waiting, Limit = 100 }, readerId, Orders.Waiting);

    public DateTimeOffset? LongestWait => Waiting.Rows.Count > 0 ? Waiting.Rows[0].Ticket.WaitingSince ?? Waiting.Rows[0].Ticket.CreatedAt : null;

    public int Escalated => Waiting.Rows.Concat(Active.Rows).Count(r => r.Ticket.Escalation is not null);

    /// <summary>Since when the longest waiting of an agent's customers waits; null when all are answered.</summary>
    public DateTimeOffset? Unanswered(Guid agentId) => Active.Rows.Where(r => r.Ticket.Assignee?.Id == agentId).Min(r => r.Ticket.WaitingSince);

    public IReadOnlyList<(string Category, int Count, DateTimeOffset Since)> Queues =>
    [
        .. Waiting.Rows.GroupBy(r => r.Ticket.Category).Select(g => (g.Key, g.Count(), g.Min(r => r.Ticket.WaitingSince ?? r.Ticket.CreatedAt))).OrderBy(q => q.Item3),
    ];
}
