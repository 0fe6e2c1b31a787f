using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>What is offered to this agent.</summary>
public sealed partial class DeskPane
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Dictionary<Guid, string> why = [];
    private readonly Dictionary<Guid, IReadOnlyList<TicketSnapshot>> earlier = [];

    // One that is long over is an event that has come late.
    private IReadOnlyList<ChatSnapshot> Offers => [.. State.Offered.Rows.Where(r => r.Ticket.Offer is { } offer && offer.AgentId == Me.Id && offer.ExpiresAt + Grace > Time.GetUtcNow())];

    // What is under the hand stays under it: an offer is told by the count of its tab, by a message and by the title, and no list gives way to it.
    private async Task Offer(LiveEvent happened)
    {
        if (happened is not TicketChanged { Ticket: var ticket }) return;
        if (ticket.Offer is null) why.Remove(ticket.Id);
        else if (ticket.Offer.AgentId == Me.Id) await ReadEarlier(ticket);
    }

    // What else the customer has with us, for the one who has to decide.
    private async Task ReadEarlier(TicketSnapshot ticket) => earlier[ticket.Customer.Id] = await Tickets.Siblings(Me, ticket, Gone);

    private async Task WhyMe(TicketSnapshot ticket)
    {
        if (why.Remove(ticket.Id)) return;
        var answer = await Act(actor => agents.Why(actor, ticket.Id, CancellationToken.None));
        if (answer.Ok) why[ticket.Id] = answer.Value.Reason + ".";
    }
}
