using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>The lists of one agent.</summary>
public sealed class DeskState(Guid agentId)
{
    public TicketListState Mine { get; } = new(
        new TicketFilter { Assignee = agentId, Status = [TicketStatus.InProgress, TicketStatus.Resolved], Sort = TicketSort.Updated, Limit = 100 }, agentId, Orders.Activity);

    public TicketListState Offered { get; } = new(new TicketFilter { OfferedTo = agentId, Sort = TicketSort.Waiting, Limit = 100 }, agentId, Orders.Waiting);

    /// <summary>In the order in which automatic assignment gives them, and customers are told their place: by priority, then by age.</summary>
    public TicketListState Queue { get; } = new(new TicketFilter { Status = [TicketStatus.Open], Sort = TicketSort.Priority, Limit = 100 }, agentId, Orders.Of(TicketSort.Priority));

    public TicketListState All { get; } = new(new TicketFilter { Sort = TicketSort.Updated, Limit = 100 }, agentId, Orders.Activity);
}
