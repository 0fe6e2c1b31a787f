using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>
/// The search for somebody, while the ticket is open. Offers are the staff's business: they stand in the staff feed and move neither the
/// version nor the time of the last change, so that a customer's view stays as it is.
/// </summary>
public sealed partial class Ticket
{
    public Guid? OfferedToId { get; private set; }
    public DateTimeOffset? OfferExpiresAt { get; private set; }

    /// <summary>Moved by every change of the offer, so that events which come in another order than they happened can be told apart.</summary>
    public int OfferSeq { get; private set; }

    /// <summary>Who has declined or ignored it, or put it back: it is not offered to them again while it waits.</summary>
    public Guid[] ExcludedAgents { get; private set; } = [];

    /// <summary>Offers it to one agent for a while. Refused when it waits no more, or when it is offered to somebody already.</summary>
    /// <param name="why">Why this agent, in words.</param>
    /// <param name="beside">Another offer stands that counts if it is ignored; who is not there misses both at once, so this one does not count.</param>
    public Outcome<Done> Offer(PersonView agent, DateTimeOffset until, string why, bool beside, Guid node, DateTimeOffset now)
    {
        if (Status != TicketStatus.Open || OfferedToId is not null) return TicketRefusals.Standing(this, Verb.Accept);
        (OfferedToId, OfferExpiresAt, OfferSeq) = (agent.Id, until, OfferSeq + 1);
        RecordForStaff(Wire.TicketOffered, Actor.SupportLive, now, node, new { agent, expiresAt = until, why, beside });
        return new Done();
    }

    private void RecordForStaff(string kind, Actor actor, DateTimeOffset now, Guid node, object data) =>
        recorded.Add(Entry(Feed.Staff, ++StaffSeq, kind, actor, now, node, data));

    /// <summary>Gives it to an agent without asking. Refused when somebody was faster: what people do by hand stands.</summary>
    public Outcome<Done> Give(PersonView agent, string why, Guid node, DateTimeOffset now)
    {
        if (Status != TicketStatus.Open) return TicketRefusals.Standing(this, Verb.Accept);
        (Status, AssigneeId, AcceptedAt) = (TicketStatus.InProgress, agent.Id, AcceptedAt ?? now);
        Record(Wire.TicketAssigned, Actor.SupportLive, now, node, new { assignee = agent, why });
        return new Done();
    }

    /// <summary>The offered agent passes it on, and is not asked again. Repeating it is quiet.</summary>
    public Outcome<Done> Decline(Actor actor, string? reason, Guid node, DateTimeOffset now)
    {
        if (!TicketTable.CanSee(State, actor)) return Refusal.NotFound();
        if (actor.IsStaff && Status == TicketStatus.Open && OfferedToId != actor.Id && ExcludedAgents.Contains(actor.Id)) return new Done();
        if (actor.IsStaff && Status != TicketStatus.Open) return TicketRefusals.Standing(this, Verb.Decline);
        if (!TicketTable.Allows(Verb.Decline, State, actor)) return Refusal.Forbidden("This ticket is not offered to you.");
        PassOn(actor, new { agent = new PersonView(actor.Id, actor.DisplayName), reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim() }, node, now);
        return new Done();
    }

    /// <summary>The time of an offer is over. Quiet when that offer is gone already; true when it was this that ended it.</summary>
    public bool Expire(PersonView agent, Guid node, DateTimeOffset now)
    {
        if (Status != TicketStatus.Open || OfferedToId != agent.Id || OfferExpiresAt > now) return false;
        PassOn(Actor.SupportLive, new { agent, ignored = true }, node, now);
        return true;
    }

    /// <summary>Takes an offer back without a reproach: the agent left, or tickets are not offered any more.</summary>
    public Outcome<Done> Withdraw(PersonView agent, Guid node, DateTimeOffset now)
    {
        if (Status != TicketStatus.Open || OfferedToId != agent.Id) return new Done();
        EndOffer();
        RecordForStaff(Wire.TicketDeclined, Actor.SupportLive, now, node, new { agent, withdrawn = true });
        return new Done();
    }

    private void PassOn(Actor by, object data, Guid node, DateTimeOffset now)
    {
        ExcludedAgents = [.. ExcludedAgents.Append(OfferedToId!.Value).Distinct()];
        EndOffer();
        RecordForStaff(Wire.TicketDeclined, by, now, node, data);
    }

    private void EndOffer()
    {
        if (OfferedToId is null) return;
        (OfferedToId, OfferExpiresAt, OfferSeq) = (null, null, OfferSeq + 1);
    }

    private void EndSearch()
    {
        EndOffer();
        if (ExcludedAgents.Length > 0) ExcludedAgents = [];
    }
}
