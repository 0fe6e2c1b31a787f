using SupportLive.Core.Chat;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Tickets;

/// <summary><c>/api/tickets</c> and <c>/api/categories</c>: opening and reading.</summary>
public static class TicketsApi
{
    public static void MapTickets(this WebApplication app)
    {
        app.MapGet("/api/categories", (TicketQueries tickets, CancellationToken ct) => tickets.Categories(ct)).WithTags("Tickets").RequireAuthorization(Policies.SignedIn);

        var api = app.MapGroup("/api/tickets").WithTags("Tickets").RequireAuthorization(Policies.SignedIn);
        api.MapPost("", Open).Produces<TicketView>(201);
        api.MapGet("", List).Produces<Page<TicketView>>();
        api.MapGet("/{id}", Find).Produces<TicketView>();
        api.MapGet("/{id}/history", History).Produces<EntryPage>();
        api.MapMoves();
        api.MapBulk();
    }

    private static async Task<IResult> Open(NewTicket body, HttpContext context, TicketActions actions, ChatQueries chats, DueOf due, TimeProvider time, CancellationToken ct)
    {
        var outcome = await actions.Open(context.Actor(), body, ct);
        if (!outcome.Ok) return outcome.Refusal.ToResult();
        var ticket = outcome.Value; // nothing is linked to one that was just opened
        return Results.Created($"/api/tickets/{ticket.Id}", ticket.For(context.Actor(), time.GetUtcNow(), await chats.Unread(context.Actor(), ticket, ct), [], due(ticket)));
    }

    private static async Task<IResult> Find(string id, HttpContext context, TicketDoor door, TicketQueries tickets, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), id, ct);
        return found.Ok ? Results.Ok(await door.View(context.Actor(), found.Value, ct)) : found.Refusal.ToResult();
    }

    private static async Task<IResult> List(HttpContext context, TicketQueries tickets, ChatQueries chats, DueOf due, TimeProvider time, CancellationToken ct)
    {
        var filter = TicketListQuery.Parse(context.Request.Query, context.Actor());
        var page = filter.Ok ? await tickets.List(context.Actor(), filter.Value, ct) : filter.Refusal;
        if (!page.Ok) return page.Refusal.ToResult();
        var rows = await chats.With(context.Actor(), page.Value.Items, ct);
        return Results.Ok(new Page<TicketView>([.. rows.Select(r => r.Ticket.For(context.Actor(), time.GetUtcNow(), r.Unread, due: due(r.Ticket)))], page.Value.NextCursor));
    }

    private static async Task<IResult> History(string id, HttpContext context, TicketQueries tickets, ChatQueries chats, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), id, ct);
        if (!found.Ok) return found.Refusal.ToResult();
        return (await chats.History(context.Actor(), found.Value.Id, ct)).ToResult();
    }
}
