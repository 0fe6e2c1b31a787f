using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary><c>/api/tickets/{id}/…</c>: one route per verb.</summary>
internal static class TicketMovesApi
{
    /// <summary>The verbs that take a <see cref="MoveBody"/>, one by one and in bulk.</summary>
    public static readonly IReadOnlyDictionary<string, TicketMove> Verbs = new Dictionary<string, TicketMove>(StringComparer.Ordinal)
    {
        ["accept"] = (actions, actor, id, _, ct) => actions.Accept(actor, id, ct),
        ["reject"] = (actions, actor, id, body, ct) => actions.Reject(actor, id, body.Reason, ct),
        ["assign"] = (actions, actor, id, body, ct) => actions.Assign(actor, id, Guid.TryParse(body.AgentId, out var agent) ? agent : Guid.Empty, body.Force ?? false, ct),
        ["decline"] = (actions, actor, id, body, ct) => actions.Decline(actor, id, body.Reason, ct),
        ["release"] = (actions, actor, id, _, ct) => actions.Release(actor, id, ct),
        ["escalate"] = (actions, actor, id, body, ct) => actions.Escalate(actor, id, body.Reason, ct),
        ["resolve"] = (actions, actor, id, _, ct) => actions.Resolve(actor, id, ct),
        ["reopen"] = (actions, actor, id, _, ct) => actions.Reopen(actor, id, ct),
        ["close"] = (actions, actor, id, body, ct) => actions.Close(actor, id, ct, body.Reason),
        ["rate"] = (actions, actor, id, body, ct) => actions.Rate(actor, id, body.Score, body.Comment, ct),
    };

    public static void MapMoves(this RouteGroupBuilder api)
    {
        foreach (var (verb, move) in Verbs)
        {
            api.MapPost("/{id}/" + verb, (string id, HttpContext context, TicketDoor door, TicketActions actions, CancellationToken ct, MoveBody? body = null) =>
                door.Move(context, id, (actor, ticket) => move(actions, actor, ticket, body ?? new(), ct), ct)).Produces<TicketView>();
        }

        api.MapPatch("/{id}", (string id, TicketEdit body, HttpContext context, TicketDoor door, TicketActions actions, CancellationToken ct) =>
            door.Move(context, id, (actor, ticket) => actions.Edit(actor, ticket, body, ct), ct)).Produces<TicketView>();
        api.MapPost("/{id}/merge", (string id, MergeBody body, HttpContext context, TicketDoor door, LinkActions links, CancellationToken ct) =>
            door.Move(context, id, (actor, ticket) => links.Merge(actor, ticket, body.Into, ct), ct)).Produces<TicketView>();
        api.MapPost("/{id}/follow-up", (string id, HttpContext context, TicketDoor door, LinkActions links, CancellationToken ct, NewTicket? body = null) =>
            door.Move(context, id, (actor, ticket) => links.FollowUp(actor, ticket, body ?? new(null, null, null, null), ct), ct, created: true)).Produces<TicketView>(201);
    }
}

/// <summary>One verb on one ticket.</summary>
internal delegate Task<Outcome<TicketSnapshot>> TicketMove(TicketActions actions, Actor actor, Guid ticketId, MoveBody body, CancellationToken ct);

/// <summary>What the verbs take; each reads its own fields.</summary>
public sealed record MoveBody(string? Reason = null, string? AgentId = null, int? Score = null, string? Comment = null, bool? Force = null);

/// <param name="Into">Id or number of the ticket where the conversation goes on.</param>
public sealed record MergeBody(string? Into);
