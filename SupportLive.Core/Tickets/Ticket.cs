using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>A ticket and every move it can make. Each move is judged by <see cref="TicketTable"/> and records its log entry.</summary>
public sealed partial class Ticket
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

    /// <summary>The ended ticket that this one goes on from.</summary>
    public Guid? FollowUpOf { get; private set; }

    /// <summary>The ticket where a duplicate goes on.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>Who resolved, rejected or closed it last; the person whom a later one is told about.</summary>
    public Guid? EndedById { get; private set; }

    /// <summary>The last move that is more than an edit or a rating, and who made it: a repetition of it is quiet, and its loser is told who.</summary>
    public string? LastMove { get; private set; }

    /// <inheritdoc cref="LastMove"/>
    public Guid? LastMoverId { get; private set; }
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

    /// <summary>How log entries of other tickets name this one.</summary>
    internal TicketReference Reference => new(Id, Number, Subject);

    public TicketState State => new(Status, CustomerId, AssigneeId, ResolvedAt) { OfferedTo = OfferedToId };

    /// <summary>What the moves since loading have to say; appended to the log in the transaction that saves them.</summary>
    public IReadOnlyList<TimelineEntry> Recorded => recorded;

    public static Ticket Open(Actor actor, NewTicket from, Guid customerId, Guid node, DateTimeOffset now, Ticket? followUpOf = null)
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
            FollowUpOf = followUpOf?.Id,
            CreatedAt = now,
            WaitingSince = now,
        };
        ticket.Record(Wire.TicketCreated, actor, now, node, followUpOf is null ? null : new { followUpOf = followUpOf.Reference });
        return ticket;
    }

    // The order matters: who may not is told nothing of what has happened; who repeats an own finished move has succeeded, even where the
    // move itself took the right away; staff who lost such a right to somebody's faster move are told whose.
    private Outcome<Done> Move(Verb verb, Actor actor, DateTimeOffset now, Guid node, string name, Action change, object? data = null, bool repeated = false, bool own = false)
    {
        if (!TicketTable.CanSee(State, actor)) return Refusal.NotFound();
        if (own) return new Done();
        if (!TicketTable.Allows(verb, State, actor)) return actor.IsStaff && TicketRefusals.Outrun(this, name, actor) is { } faster ? faster : Refusal.Forbidden();
        if (repeated) return new Done();
        if (!TicketTable.Leads(verb, State, actor, now)) return TicketRefusals.Outrun(this, name, actor) ?? TicketRefusals.Standing(this, verb);
        change();
        Record(name, actor, now, node, data);
        return new Done();
    }

    private void Record(string kind, Actor actor, DateTimeOffset now, Guid node, object? data = null)
    {
        recorded.Add(Entry(Feed.Public, ++PublicSeq, kind, actor, now, node, data));
        if (kind is not (Wire.TicketUpdated or Wire.TicketRated)) (LastMove, LastMoverId) = (kind, Name(actor));
        if (Status != TicketStatus.Open) EndSearch();
        UpdatedAt = now;
        Version++;
    }

    // SupportLive itself is nobody.
    private static Guid? Name(Actor actor) => actor.IsSupportLive ? null : actor.Id;

    private TimelineEntry Entry(Feed feed, int seq, string kind, Actor actor, DateTimeOffset now, Guid node, object? data) => new()
    {
        TicketId = Id,
        Feed = feed,
        Seq = seq,
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        AuthorId = Name(actor),
        AuthorRole = actor.IsSupportLive ? null : actor.Role,
        Data = Because(data),
        After = feed == Feed.Staff ? PublicSeq : null,
        Node = node,
    };
}
