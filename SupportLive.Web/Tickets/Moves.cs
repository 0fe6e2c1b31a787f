using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Assignment;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Tickets;

/// <summary>A move that is ready to be made.</summary>
public delegate Task<Outcome<TicketSnapshot>> Move(Actor actor, CancellationToken ct);

/// <summary>From a button to a move: asks what has to be asked first.</summary>
public static class Moves
{
    private static readonly string[] RejectReasons = ["This is advertising.", "This is a duplicate of another ticket.", "We cannot help with this product.", "There is not enough information."];
    private static readonly string[] DeclineReasons = ["I am busy.", "Not my subject.", "I am about to leave."];
    private static readonly string[] CloseReasons = ["The customer did not answer.", "Solved elsewhere.", "This is a duplicate of another ticket."];
    private static readonly string[] EscalateReasons = ["Several customers are affected.", "Needs a decision.", "Needs a specialist.", "The customer is very upset."];

    /// <summary>Null when the person thought better of it.</summary>
    public static async Task<Move?> Ask(this TicketActions moves, DialogService dialogs, Verb verb, TicketSnapshot ticket, Actor me, AgentQueries agents)
    {
        var id = ticket.Id;
        switch (verb)
        {
            case Verb.Accept: return (actor, ct) => moves.Accept(actor, id, ct);
            case Verb.Resolve: return (actor, ct) => moves.Resolve(actor, id, ct);
            case Verb.Reopen: return (actor, ct) => moves.Reopen(actor, id, ct);
            case Verb.Release: return (actor, ct) => moves.Release(actor, id, ct);
            case Verb.Reject:
                var why = await dialogs.Reason($"Reject ticket #{ticket.Number}", "The customer reads this.", "Reject ticket", RejectReasons);
                return why is null ? null : (actor, ct) => moves.Reject(actor, id, why, ct);
            case Verb.Decline:
                var pass = await dialogs.Reason($"Decline ticket #{ticket.Number}", "Your colleagues read this; it is not offered to you again.", "Decline", DeclineReasons, optional: true);
                return pass is null ? null : (actor, ct) => moves.Decline(actor, id, pass, ct);
            case Verb.Assign:
                return await dialogs.Assign(ticket, await agents.Choice(me, ticket, CancellationToken.None)) is { } agent ? (actor, ct) => moves.Assign(actor, id, agent, force: true, ct) : null;
            case Verb.Escalate:
                var reason = await dialogs.Reason($"Escalate ticket #{ticket.Number}", "Everybody in this ticket reads this.", "Escalate ticket", EscalateReasons);
                return reason is null ? null : (actor, ct) => moves.Escalate(actor, id, reason, ct);
            case Verb.Close:
                if (me.IsStaff && ticket.Assignee?.Id != me.Id)
                {
                    var because = await dialogs.Reason($"Close ticket #{ticket.Number}?", "Everybody in this ticket reads this. Nobody can write in the conversation afterwards.", "Close ticket", CloseReasons, optional: true);
                    return because is null ? null : (actor, ct) => moves.Close(actor, id, ct, because);
                }

                var sentence = me.IsStaff ? "Nobody can write in this conversation afterwards." : "You cannot write in this conversation afterwards.";
                return await dialogs.Confirm($"Close ticket #{ticket.Number}?", sentence, "Close ticket") ? (actor, ct) => moves.Close(actor, id, ct) : null;
            default: throw new InvalidOperationException($"There is no button for {verb}.");
        }
    }
}
