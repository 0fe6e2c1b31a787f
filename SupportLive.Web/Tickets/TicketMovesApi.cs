using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Tickets;

/// <summary><c>/api/tickets/{id}/…</c>: one route per verb.</summary>
internal static class TicketMovesApi
{
    public static void MapMoves(this RouteGroupBuilder api)
    {
        Move("accept", (actions, actor, id, _, ct) => actions.Accept(actor, id, ct));
        Move("reject", (actions, actor, id, body, ct) => actions.Reject(actor, id, body.Reason, ct));
        Move("assign", (actions, actor, id, body, ct) => actions.Assign(actor, id, Guid.TryParse(body.AgentId, out var agent) ? agent : Guid.Empty, ct));
        Move("release", (actions, actor, id, _, ct) => actions.Release(actor, id, ct));
        Move("escalate", (actions, actor, id, body, ct) => actions.Escalate(actor, id, body.Reason, ct));
        Move("resolve", (actions, actor, id, _, ct) => actions.Resolve(actor, id, ct));
        Move("reopen", (actions, actor, id, _, ct) => actions.Reopen(actor, id, ct));
        Move("close", (actions, actor, id, _, ct) => actions.Close(actor, id, ct));
        Move("rate", (actions, actor, id, body, ct) => actions.Rate(actor, id, body.Score, body.Comment, ct));

        void Move(string verb, Func<TicketActions, Actor, Guid, MoveBody, CancellationToken, Task<Outcome<TicketSnapshot>>> move) =>
            api.MapPost("/{id}/" + verb, async (string id, HttpContext context, TicketActions actions, TicketQueries tickets, ChatQueries chats, TimeProvider time, CancellationToken ct, MoveBody? body = null) =>
            {
                var found = await tickets.Find(context.Actor(), id, ct);
                var moved = found.Ok ? await move(actions, context.Actor(), found.Value.Id, body ?? new(), ct) : found;
                return moved.Ok ? Results.Ok(await TicketsApi.View(context, moved.Value, chats, time, ct)) : moved.Refusal.ToResult();
            }).Produces<TicketView>();
    }
}

/// <summary>What the verbs take; each reads its own fields.</summary>
public sealed record MoveBody(string? Reason = null, string? AgentId = null, int? Score = null, string? Comment = null);
