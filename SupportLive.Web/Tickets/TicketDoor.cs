using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Tickets;

/// <summary>How REST finds, moves and shows a single ticket.</summary>
public sealed class TicketDoor(TicketQueries tickets, ChatQueries chats, DueOf due, TimeProvider time)
{
    /// <summary>Finds by id or number, moves, and answers with the ticket; a stale change answers with it too.</summary>
    public async Task<IResult> Move(HttpContext context, string id, Func<Actor, Guid, Task<Outcome<TicketSnapshot>>> move, CancellationToken ct, bool created = false)
    {
        var actor = context.Actor();
        var found = await tickets.Find(actor, id, ct);
        var moved = found.Ok ? await move(actor, found.Value.Id) : found;
        if (moved.Ok) return created ? Results.Created($"/api/tickets/{moved.Value.Id}", await View(actor, moved.Value, ct)) : Results.Ok(await View(actor, moved.Value, ct));
        if (moved.Refusal.Code != TicketRefusals.StaleCode) return moved.Refusal.ToResult();
        var current = await tickets.Find(actor, id, ct);
        return moved.Refusal.ToResult(current.Ok ? await View(actor, current.Value, ct) : null);
    }

    /// <summary>With what is unread and what belongs to it.</summary>
    public async Task<TicketView> View(Actor reader, TicketSnapshot ticket, CancellationToken ct) =>
        ticket.For(reader, time.GetUtcNow(), await chats.Unread(reader, ticket, ct), await tickets.Links(reader, ticket, ct), due(ticket));
}
