using System.Text.Json.Serialization;
using SupportLive.Core.Accounts;

namespace SupportLive.Core.Tickets;

/// <summary>A ticket as it stands, with names, the same for every audience. <see cref="For"/> makes of it what one person may see.</summary>
public sealed record TicketSnapshot(
    Guid Id, long Number, string Subject, string Description, string Category, TicketPriority Priority, TicketStatus Status,
    EscalationView? Escalation, PersonView Customer, PersonView? Assignee, RejectionView? Rejection, PersonView? EndedBy, int? Rating, string? RatingComment,
    string[] Tags, DateTimeOffset CreatedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? FirstResponseAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt,
    DateTimeOffset UpdatedAt, DateTimeOffset? LastMessageAt, DateTimeOffset? WaitingSince, int PublicSeq, int StaffSeq, int Version)
{
    /// <summary>The ended ticket that this one goes on from.</summary>
    public Guid? FollowUpOf { get; init; }

    /// <summary>Where a duplicate goes on.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>To whom it is offered now.</summary>
    public OfferView? Offer { get; init; }

    /// <summary>Moved by every change of the offer.</summary>
    public int OfferSeq { get; init; }

    public TicketState State => new(Status, Customer.Id, Assignee?.Id, ResolvedAt) { OfferedTo = Offer?.AgentId };

    public TicketView For(Actor actor, DateTimeOffset now, int? unread = null, IReadOnlyList<LinkView>? links = null, DueView? due = null) => new(
        Id, Number, Subject, Description, Category, Priority, Status, Escalation, Customer, Assignee, actor.IsStaff ? Offer : null, Rejection, EndedBy, Rating, RatingComment,
        Tags, CreatedAt, AcceptedAt, FirstResponseAt, ResolvedAt, ClosedAt, UpdatedAt, LastMessageAt, WaitingSince, PublicSeq,
        TicketTable.CanReadNotes(State, actor) ? StaffSeq : null, unread, Version, TicketTable.Moves(State, actor, now))
    { CanWrite = TicketTable.CanWrite(State, actor), Links = links, Due = actor.IsStaff ? due : null };
}

/// <summary>A ticket as one person may see it.</summary>
/// <param name="Unread">Messages of others behind the own read mark; null in pushed events, where the receiver counts itself.</param>
/// <param name="Moves">What this person may do now.</param>
public sealed record TicketView(
    Guid Id, long Number, string Subject, string Description, string Category, TicketPriority Priority, TicketStatus Status,
    EscalationView? Escalation, PersonView Customer, PersonView? Assignee, OfferView? Offer, RejectionView? Rejection, PersonView? EndedBy, int? Rating, string? RatingComment,
    string[] Tags, DateTimeOffset CreatedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? FirstResponseAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ClosedAt,
    DateTimeOffset UpdatedAt, DateTimeOffset? LastMessageAt, DateTimeOffset? WaitingSince, int PublicSeq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? StaffSeq, int? Unread, int Version, IReadOnlyList<Verb> Moves)
{
    /// <summary>Whether this person may write to the other side now.</summary>
    public bool CanWrite { get; init; }

    /// <summary>Tickets that belong to this one, as far as the reader may see them; null in lists and pushed events, whose log entry says what is new.</summary>
    public IReadOnlyList<LinkView>? Links { get; init; }

    /// <summary>The next target of a ticket that somebody has to work on; staff only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DueView? Due { get; init; }

    public bool Can(Verb verb) => Moves.Contains(verb);
}

public sealed record EscalationView(int Level, DateTimeOffset At, string Reason);

/// <summary>By when the next target is to be met.</summary>
public sealed record DueView(DateTimeOffset At, DueKind Kind);

public enum DueKind { FirstResponse, Resolution }

/// <summary>When a ticket is due by the targets as they are now. What the targets are is the escalation room's business.</summary>
public delegate DueView? DueOf(TicketSnapshot ticket);

public sealed record OfferView(Guid AgentId, DateTimeOffset ExpiresAt);

public sealed record RejectionView(string Reason, DateTimeOffset At);

/// <summary>Another ticket that belongs to this one.</summary>
public sealed record LinkView(Guid Id, long Number, string Subject, TicketStatus Status, LinkKind Kind);

/// <summary>What the other ticket is to this one: what it goes on from, what went on from it, where it was merged, what was merged into it.</summary>
public enum LinkKind { FollowUpOf, FollowedUpBy, MergedInto, MergedFrom }

/// <param name="Retired">Not offered any more; only its name is still needed.</param>
/// <param name="Version">Hand it back with a change.</param>
public sealed record CategoryView(string Key, string Name, bool Retired = false, int Version = 1, int Position = 0);

/// <summary>One page of a list; no cursor, no further page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
