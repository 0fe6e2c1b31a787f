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

    internal static Refusal AlreadyAccepted(Guid by) => Refusal.Conflict(AlreadyAcceptedCode, "{0} has already accepted this ticket.", new(by, ""));

    public static Refusal Closed { get; } = Refusal.Conflict(ClosedCode, "This ticket is closed.");

    public static Refusal Rejected { get; } = Refusal.Conflict(RejectedCode, "This ticket was rejected.");

    public static Refusal NotAccepted { get; } = Refusal.Conflict(MoveCode, "Accept the ticket before you answer.");

    public static Refusal NotYours { get; } = Refusal.Forbidden("Somebody else helps this customer. Write a note, or take the ticket over first.");

    public static Refusal ClientIdReused { get; } = Refusal.Conflict(ClientIdCode, "This client id was used for something else before.");

    /// <summary>Why a move does not lead anywhere from where the ticket stands.</summary>
    internal static Refusal Standing(Ticket ticket)
    {
        Winner? by = ticket.EndedById is { } id ? new(id, "") : null;
        return ticket.Status switch
        {
            TicketStatus.Closed => Closed with { By = by, Message = by is null ? Closed.Message : "{0} has closed this ticket." },
            TicketStatus.Rejected => Rejected with { By = by, Message = by is null ? Rejected.Message : "{0} has rejected this ticket." },
            TicketStatus.Resolved => Refusal.Conflict(MoveCode, by is null ? "This ticket is resolved." : "{0} has resolved this ticket.", by),
            TicketStatus.InProgress => Refusal.Conflict(MoveCode, "{0} is working on this ticket, so this is not possible now.", ticket.AssigneeId is { } a ? new(a, "") : null),
            TicketStatus.Open => Refusal.Conflict(MoveCode, "Nobody has accepted this ticket yet, so this is not possible now."),
            _ => throw new InvalidOperationException($"Unknown status {ticket.Status}."),
        };
    }
}
