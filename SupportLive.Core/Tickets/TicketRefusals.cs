using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>The ways in which a ticket says no. Names are filled in by <see cref="TicketLock"/>, which knows people.</summary>
public static class TicketRefusals
{
    public const string AlreadyAcceptedCode = "ticket_already_accepted";
    public const string ClosedCode = "ticket_closed";
    public const string RejectedCode = "ticket_rejected";
    public const string MoveCode = "move_not_allowed";
    public const string ClientIdCode = "client_id_reused";
    public const string StaleCode = "stale_version";
    public const string MergedCode = "ticket_merged";
    public const string OtherCustomerCode = "different_customers";

    internal static Refusal AlreadyAccepted(Guid by) => Refusal.Conflict(AlreadyAcceptedCode, "{0} has already accepted this ticket.", new(by, ""));

    public static Refusal Closed { get; } = Refusal.Conflict(ClosedCode, "This ticket is closed.");

    public static Refusal Rejected { get; } = Refusal.Conflict(RejectedCode, "This ticket was rejected.");

    public static Refusal NotAccepted { get; } = Refusal.Conflict(MoveCode, "Accept the ticket before you answer.");

    public static Refusal NotYours { get; } = Refusal.Forbidden("Somebody else helps this customer. Write a note, or take the ticket over first.");

    internal static Outcome<Done> Absent(string agent) => Refusal.Conflict("agent_absent", $"{agent} is away. Choose somebody else, or assign it all the same (force).");

    public static Refusal ClientIdReused { get; } = Refusal.Conflict(ClientIdCode, "This client id was used for something else before.");

    public static Refusal Stale { get; } = Refusal.Conflict(StaleCode, "This ticket has changed meanwhile. Look at it again, then change it.");

    public static Refusal OtherCustomer { get; } = Refusal.Conflict(OtherCustomerCode, "These tickets are of different customers, who must not read each other. Only tickets of one customer can be merged.");

    /// <summary>The ticket to merge into has ended.</summary>
    internal static Refusal OtherEnded(Ticket other) =>
        Refusal.Conflict(other.Status == TicketStatus.Rejected ? RejectedCode : ClosedCode, $"#{other.Number} has ended. Merge into a ticket that goes on.", other.EndedById is { } by ? new(by, "") : null);

    /// <summary>The conversation goes on in another ticket, which <see cref="Refusal.Instead"/> names.</summary>
    internal static Refusal Merged(OtherTicket into, Winner? by = null) =>
        Refusal.Conflict(MergedCode, by is null ? $"This ticket was merged into #{into.Number}. Go on there." : $"{{0}} has merged this ticket into #{into.Number}. Go on there.", by) with { Instead = into };

    /// <summary>Somebody else made just this move; null when that is not so.</summary>
    internal static Refusal? Outrun(Ticket ticket, string move, Actor actor)
    {
        if (ticket.LastMove != move || ticket.LastMoverId is not { } by || by == actor.Id || ticket.Status is not (TicketStatus.Open or TicketStatus.InProgress)) return null;
        return move switch
        {
            Wire.TicketAssigned => Refusal.Conflict(MoveCode, "{0} has assigned this ticket already.", new(by, "")),
            Wire.TicketReleased => Refusal.Conflict(MoveCode, "{0} has put this ticket back into the queue already.", new(by, "")),
            Wire.TicketReopened => Refusal.Conflict(MoveCode, "{0} has reopened this ticket already.", new(by, "")),
            _ => null,
        };
    }

    /// <summary>Why a move does not lead anywhere from where the ticket stands.</summary>
    internal static Refusal Standing(Ticket ticket, Verb verb)
    {
        if (ticket is { Status: TicketStatus.Resolved, EndedById: { } solver } && verb == Verb.Reopen)
            return Refusal.Conflict(MoveCode, $"This was solved more than {TicketTable.ReopenWithin.TotalDays:0} days ago and cannot be reopened. Open a new ticket that is linked to it.", new(solver, ""));
        Winner? by = ticket.EndedById is { } id ? new(id, "") : null;
        return ticket.Status switch
        {
            TicketStatus.Closed when ticket.MergedInto is { } into => Merged(new(into, 0), by),
            TicketStatus.Closed => Closed with { By = by, Message = by is null ? Closed.Message : "{0} has closed this ticket." },
            TicketStatus.Rejected => Rejected with { By = by, Message = by is null ? Rejected.Message : "{0} has rejected this ticket." },
            TicketStatus.Resolved => Refusal.Conflict(MoveCode, by is null ? "This ticket is resolved." : "{0} has resolved this ticket.", by),
            TicketStatus.InProgress => Refusal.Conflict(MoveCode, "{0} is working on this ticket, so this is not possible now.", ticket.AssigneeId is { } a ? new(a, "") : null),
            TicketStatus.Open => Refusal.Conflict(MoveCode, "Nobody has accepted this ticket yet, so this is not possible now."),
            _ => throw new InvalidOperationException($"Unknown status {ticket.Status}."),
        };
    }
}
