using System.Text.Json;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>A ticket and every move it can make. Each move is judged by <see cref="TicketTable"/> and records its log entry.</summary>
public sealed class Ticket
{
    private readonly List<TimelineEntry> recorded = [];

    private Ticket() { }

    public Guid Id { get; private set; }
    public long Number { get; private set; }
    public string Subject { get; private set; } = "";
    public string Description { get; private set; } = "";
    public string Category { get; private set; } = "";
    public TicketPriority Priority { get; private set; }
    public TicketStatus Status { get; private set; }
    public Guid CustomerId { get; private set; }
    public Guid? AssigneeId { get; private set; }
    public string? ClientId { get; private set; }
    public int EscalationLevel { get; private set; }
    public DateTimeOffset? EscalatedAt { get; private set; }
    public string? EscalationReason { get; private set; }
    public string? RejectionReason { get; private set; }
    public int? Rating { get; private set; }
    public string? RatingComment { get; private set; }
    public string[] Tags { get; private set; } = [];

    /// <summary>Who resolved, rejected or closed it last; the person whom a later one is told about.</summary>
    public Guid? EndedById { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? FirstResponseAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public DateTimeOffset? RejectedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public DateTimeOffset? LastMessageAt { get; private set; }

    /// <summary>Since when the customer waits for an answer; null while it is the customer's turn.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }
    public int PublicSeq { get; private set; }
    public int StaffSeq { get; private set; }

    /// <summary>Moved by every change except messages.</summary>
    public int Version { get; private set; }

    public TicketState State => new(Status, CustomerId, AssigneeId, ResolvedAt);

    /// <summary>What the moves since loading have to say; appended to the log in the transaction that saves them.</summary>
    public IReadOnlyList<TimelineEntry> Recorded => recorded;

    public static Ticket Open(Actor actor, NewTicket from, Guid customerId, Guid node, DateTimeOffset now)
    {
        var ticket = new Ticket
        {
            Id = Guid.CreateVersion7(now),
            Subject = from.Subject!.Trim(),
            Description = from.Description!.Trim(),
            Category = from.Category!,
            Priority = from.Priority!.Value,
            ClientId = from.ClientId,
            CustomerId = customerId,
            CreatedAt = now,
            WaitingSince = now,
        };
        ticket.Record(Wire.TicketCreated, actor, now, node);
        return ticket;
    }

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
            (Status, RejectionReason, RejectedAt, EndedById, WaitingSince) = (TicketStatus.Rejected, reason.Trim(), now, actor.Id, null);
        }, new { reason = reason.Trim() }, repeated: Status == TicketStatus.Rejected && EndedById == actor.Id);

    public Outcome<Done> Assign(Actor actor, Actor agent, Guid node, DateTimeOffset now) =>
        Move(Verb.Assign, actor, now, node, Wire.TicketAssigned, () =>
        {
            (Status, AssigneeId, AcceptedAt) = (TicketStatus.InProgress, agent.Id, AcceptedAt ?? now);
        }, new { assignee = new PersonView(agent.Id, agent.DisplayName) }, repeated: Status == TicketStatus.InProgress && AssigneeId == agent.Id);

    public Outcome<Done> Release(Actor actor, Guid node, DateTimeOffset now) =>
        Move(Verb.Release, actor, now, node, Wire.TicketReleased, () => (Status, AssigneeId, WaitingSince) = (TicketStatus.Open, null, WaitingSince ?? now));

    public Outcome<Done> Escalate(Actor actor, string reason, Guid node, DateTimeOffset now) =>
        Move(Verb.Escalate, actor, now, node, Wire.TicketEscalated, () =>
        {
            (EscalationLevel, EscalatedAt, EscalationReason) = (EscalationLevel + 1, now, reason.Trim());
        }, new { reason = reason.Trim(), level = EscalationLevel + 1 });

    public Outcome<Done> Resolve(Actor actor, Guid node, DateTimeOffset now) =>
        Move(Verb.Resolve, actor, now, node, Wire.TicketResolved, () =>
        {
            (Status, ResolvedAt, EndedById, WaitingSince) = (TicketStatus.Resolved, now, actor.Id, null);
        }, repeated: Status == TicketStatus.Resolved && EndedById == actor.Id);

    public Outcome<Done> Reopen(Actor actor, Guid node, DateTimeOffset now) =>
        Move(Verb.Reopen, actor, now, node, Wire.TicketReopened, () =>
        {
            (Status, ResolvedAt, EndedById, WaitingSince) = (AssigneeId is null ? TicketStatus.Open : TicketStatus.InProgress, null, null, now);
        });

    public Outcome<Done> Close(Actor actor, Guid node, DateTimeOffset now) =>
        Move(Verb.Close, actor, now, node, Wire.TicketClosed, () =>
        {
            (Status, ClosedAt, EndedById, WaitingSince) = (TicketStatus.Closed, now, actor.Id, null);
        }, repeated: Status == TicketStatus.Closed && EndedById == actor.Id);

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

    // The order matters: who may not is told nothing of what has happened; who repeats an own finished move has succeeded.
    private Outcome<Done> Move(Verb verb, Actor actor, DateTimeOffset now, Guid node, string name, Action change, object? data = null, bool repeated = false)
    {
        if (!TicketTable.CanSee(State, actor)) return Refusal.NotFound();
        if (!TicketTable.Allows(verb, State, actor)) return Refusal.Forbidden();
        if (repeated) return new Done();
        if (!TicketTable.Leads(verb, State, now)) return TicketRefusals.Standing(this);
        change();
        Record(name, actor, now, node, data);
        return new Done();
    }

    private void Record(string kind, Actor actor, DateTimeOffset now, Guid node, object? data = null)
    {
        recorded.Add(new TimelineEntry
        {
            TicketId = Id,
            Feed = Feed.Public,
            Seq = ++PublicSeq,
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            AuthorId = actor.Id,
            AuthorRole = actor.Role,
            Data = data is null ? null : JsonSerializer.Serialize(data, Wire.Json),
            Node = node,
        });
        UpdatedAt = now;
        Version++;
    }
}
