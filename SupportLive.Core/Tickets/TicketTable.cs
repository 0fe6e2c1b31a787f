using SupportLive.Core.Accounts;
using static SupportLive.Core.Tickets.TicketStatus;

namespace SupportLive.Core.Tickets;

/// <summary>What a person can do to a ticket; the wire name is the snake_case of it.</summary>
public enum Verb { Accept, Reject, Decline, Assign, Release, Escalate, Edit, Resolve, Reopen, Close, Rate, Merge, FollowUp }

/// <summary>The part of a ticket that decides what may be done with it.</summary>
public readonly record struct TicketState(TicketStatus Status, Guid CustomerId, Guid? AssigneeId, DateTimeOffset? ResolvedAt)
{
    public Guid? OfferedTo { get; init; }
}

/// <summary>The ticket machine: every verb, from which statuses, by whom. Entities, views and buttons all read this one table.</summary>
public static class TicketTable
{
    public static readonly TimeSpan ReopenWithin = TimeSpan.FromDays(7);

    private sealed record Row(TicketStatus[] From, Func<TicketState, Actor, bool> Who);

    private static readonly IReadOnlyDictionary<Verb, Row> Rows = new Dictionary<Verb, Row>
    {
        [Verb.Accept] = new([Open], Agent),
        [Verb.Reject] = new([Open], Agent),
        [Verb.Decline] = new([Open], (t, a) => t.OfferedTo == a.Id),
        [Verb.Assign] = new([Open, InProgress], (t, a) => a.May(Permissions.TicketsAssign) || IsAssignee(t, a)),
        [Verb.Release] = new([InProgress], (t, a) => a.May(Permissions.TicketsAssign) || IsAssignee(t, a)),
        [Verb.Escalate] = new([Open, InProgress], Agent),
        [Verb.Edit] = new([Open, InProgress, Resolved], (t, a) => a.May(Permissions.TicketsEdit) || IsCustomer(t, a)),
        [Verb.Resolve] = new([InProgress], (t, a) => a.May(Permissions.TicketsAssign) || IsAssignee(t, a)),
        [Verb.Reopen] = new([Resolved], (t, a) => IsCustomer(t, a) || Agent(t, a)),
        [Verb.Close] = new([Open, InProgress, Resolved], (t, a) => IsCustomer(t, a) || IsAssignee(t, a) || a.May(Permissions.TicketsCloseAny)),
        [Verb.Rate] = new([Resolved, Closed], IsCustomer),
        [Verb.Merge] = new([Open, InProgress, Resolved], (_, a) => a.May(Permissions.TicketsEdit)),
        [Verb.FollowUp] = new([Resolved, Closed, Rejected], IsCustomer),
    };

    private static bool Agent(TicketState ticket, Actor actor) => actor.May(Permissions.TicketsWork);

    private static bool IsAssignee(TicketState ticket, Actor actor) => ticket.AssigneeId == actor.Id && actor.IsStaff;

    private static bool IsCustomer(TicketState ticket, Actor actor) => ticket.CustomerId == actor.Id;

    /// <summary>Whether there is such a ticket as far as this person may know.</summary>
    public static bool CanSee(TicketState ticket, Actor actor) => actor.IsStaff || IsCustomer(ticket, actor);

    /// <summary>Whether this person may read the conversation: own tickets, or with the permission to read every chat; the assignee always.</summary>
    public static bool CanRead(TicketState ticket, Actor actor) => IsCustomer(ticket, actor) || actor.ReadsEveryChat || IsAssignee(ticket, actor);

    /// <summary>Whether this person may read and write notes.</summary>
    public static bool CanReadNotes(TicketState ticket, Actor actor) => actor.IsStaff && (actor.ReadsEveryChat || IsAssignee(ticket, actor));

    public static bool Allows(Verb verb, TicketState ticket, Actor actor) => Rows[verb].Who(ticket, actor);

    public static bool Leads(Verb verb, TicketState ticket, Actor actor, DateTimeOffset now) => Array.IndexOf(Rows[verb].From, ticket.Status) >= 0 && verb switch
    {
        Verb.Reopen => now - ticket.ResolvedAt <= ReopenWithin,
        Verb.Edit => ticket.Status == Open || actor.May(Permissions.TicketsEdit), // once somebody works on it, it is theirs to sort
        _ => true,
    };

    /// <summary>What this person may do now, which is what screens show as buttons.</summary>
    public static IReadOnlyList<Verb> Moves(TicketState ticket, Actor actor, DateTimeOffset now) =>
        [.. Rows.Keys.Where(verb => Leads(verb, ticket, actor, now) && Allows(verb, ticket, actor))];

    /// <summary>Whether this person may write to the other side now: the customer until the end, staff once it is theirs.</summary>
    public static bool CanWrite(TicketState ticket, Actor actor) =>
        !ticket.Status.IsTerminal() && (IsCustomer(ticket, actor) || (IsAssignee(ticket, actor) && ticket.Status != Open));
}
