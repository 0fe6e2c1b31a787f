using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>What is offered to this agent.</summary>
public sealed partial class DeskPane
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Dictionary<Guid, string> why = [];

    // One that is long over is an event that has come late.
    private IReadOnlyList<ChatSnapshot> Offers => [.. State.Offered.Rows.Where(r => r.Ticket.Offer is { } offer && offer.AgentId == Me.Id && offer.ExpiresAt + Grace > Time.GetUtcNow())];

    // An offer must be seen: it comes to the front of an agent who looks at a list, and leaves alone who is in a conversation.
    private void Offer(LiveEvent happened)
    {
        if (happened is not TicketChanged { Ticket: var ticket }) return;
        if (ticket.Offer?.AgentId == Me.Id && Number == 0 && State.Offered.Rows.Count == 0) chosen = Offered;
        if (ticket.Offer is null) why.Remove(ticket.Id);
    }

    private async Task WhyMe(TicketSnapshot ticket)
    {
        if (why.Remove(ticket.Id)) return;
        var answer = await Act(actor => agents.Why(actor, ticket.Id, CancellationToken.None));
        if (answer.Ok) why[ticket.Id] = answer.Value.Reason + ".";
    }
}
