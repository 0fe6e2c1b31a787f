using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>From status to status.</summary>
public sealed partial class Ticket
{
    public Outcome<Done> Accept(Actor actor, Guid node, DateTimeOffset now)
    {
        if (Status is TicketStatus.InProgress && AssigneeId is { } holder)
        {
            if (!TicketTable.CanSee(State, actor)) return Refusal.NotFound();
            if (!TicketTable.Allows(Verb.Accept, State, actor)) return Refusal.Forbidden();
            return holder == actor.Id ? new Done() : TicketRefusals.AlreadyAccepted(holder);
        }

        return Move(Verb.Accept, actor, now, node, Wire.TicketAccepted, () =>
        {
            (Status, AssigneeId, AcceptedAt) = (TicketStatus.InProgress, actor.Id, AcceptedAt ?? now);
        });
    }

    public Outcome<Done> Reject(Actor actor, string reason, Guid node, DateTimeOffset now) =>
        Move(Verb.Reject, actor, now, node, Wire.TicketRejected, () =>
        {
            (Status, RejectionReason, RejectedAt, EndedById, WaitingSince) = (TicketStatus.Rejected, reason.Trim(), now, Name(actor), null);
        }, new { reason = reason.Trim() }, repeated: Status == TicketStatus.Rejected && EndedById == actor.Id);

    public Outcome<Done> Assign(Actor actor, PersonView agent, Guid node, DateTimeOffset now) =>
        Move(Verb.Assign, actor, now, node, Wire.TicketAssigned, () =>
        {
            (Status, AssigneeId, AcceptedAt) = (TicketStatus.InProgress, agent.Id, AcceptedAt ?? now);
        }, AssigneeId is { } former && former != agent.Id ? new { assignee = agent, former } : new { assignee = agent },
            repeated: Status == TicketStatus.InProgress && AssigneeId == agent.Id, own: Last(Wire.TicketAssigned, actor) && AssigneeId == agent.Id);

    private bool Last(string move, Actor actor) => LastMove == move && LastMoverId == actor.Id;

    public Outcome<Done> Release(Actor actor, Guid node, DateTimeOffset now) =>
        Move(Verb.Release, actor, now, node, Wire.TicketReleased, () =>
        {
            if (AssigneeId is { } gone) ExcludedAgents = [gone]; // or automatic assignment would hand it straight back
            (Status, AssigneeId, WaitingSince) = (TicketStatus.Open, null, WaitingSince ?? now);
        }, own: Last(Wire.TicketReleased, actor));

    public Outcome<Done> Escalate(Actor actor, string reason, Guid node, DateTimeOffset now) =>
        Move(Verb.Escalate, actor, now, node, Wire.TicketEscalated, () =>
        {
            (EscalationLevel, EscalatedAt, EscalationReason) = (EscalationLevel + 1, now, reason.Trim());
        }, new { reason = reason.Trim(), level = EscalationLevel + 1 }, own: Last(Wire.TicketEscalated, actor) && EscalationReason == reason.Trim());

    public Outcome<Done> Resolve(Actor actor, Guid node, DateTimeOffset now) =>
        Move(Verb.Resolve, actor, now, node, Wire.TicketResolved, () =>
        {
            (Status, ResolvedAt, EndedById, WaitingSince) = (TicketStatus.Resolved, now, Name(actor), null);
        }, repeated: Status == TicketStatus.Resolved && EndedById == actor.Id);

    public Outcome<Done> Reopen(Actor actor, Guid node, DateTimeOffset now) =>
        Move(Verb.Reopen, actor, now, node, Wire.TicketReopened, () =>
        {
            (Status, ResolvedAt, EndedById, WaitingSince) = (AssigneeId is null ? TicketStatus.Open : TicketStatus.InProgress, null, null, now);
        }, own: Last(Wire.TicketReopened, actor));

    public Outcome<Done> Close(Actor actor, Guid node, DateTimeOffset now, string? reason = null) =>
        Move(Verb.Close, actor, now, node, Wire.TicketClosed, () =>
        {
            (Status, ClosedAt, EndedById, WaitingSince) = (TicketStatus.Closed, now, Name(actor), null);
        }, string.IsNullOrWhiteSpace(reason) ? null : new { reason = reason.Trim() }, repeated: Status == TicketStatus.Closed && EndedById == actor.Id);

    public Outcome<Done> Rate(Actor actor, int score, string? comment, Guid node, DateTimeOffset now) =>
        Move(Verb.Rate, actor, now, node, Wire.TicketRated, () => (Rating, RatingComment) = (score, comment?.Trim()),
            new { score, comment = comment?.Trim() }, repeated: Rating == score && RatingComment == comment?.Trim());

    /// <summary>For the demo's past only: a message or note without the writer. The living ones go through the message writer.</summary>
    internal void Said(Actor actor, string body, bool note, Guid node, DateTimeOffset at)
    {
        recorded.Add(new TimelineEntry
        {
            TicketId = Id,
            Feed = note ? Feed.Staff : Feed.Public,
            Seq = note ? ++StaffSeq : ++PublicSeq,
            Id = Guid.CreateVersion7(at),
            Kind = note ? Wire.Note : Wire.Message,
            AuthorId = actor.Id,
            AuthorRole = actor.Role,
            ClientId = $"demo-{recorded.Count}",
            Body = body,
            After = note ? PublicSeq : null,
            Node = node,
        });
        if (note) return;
        LastMessageAt = at;
        WaitingSince = actor.Id == CustomerId ? WaitingSince ?? at : null;
        if (actor.Id != CustomerId) FirstResponseAt ??= at;
    }
}
