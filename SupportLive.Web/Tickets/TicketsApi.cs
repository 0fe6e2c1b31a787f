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
        app.MapCategories();

        var api = app.MapGroup("/api/tickets").WithTags("Tickets").RequireAuthorization(Policies.SignedIn);
        api.MapPost("", Open).Produces<TicketView>(201);
        api.MapGet("", List).Produces<Page<TicketView>>();
        api.MapGet("/count", Count).Produces<TicketCount>();
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
        return Results.Created($"/api/tickets/{ticket.Id}", ticket.For(context.Actor(), time.GetUtcNow(), ticket.PublicSeq == 1 ? 0 : await chats.Unread(context.Actor(), ticket, ct), [], due(ticket)));
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
        var unread = await chats.Unread(context.Actor(), page.Value.Items, ct);
        return Results.Ok(new Page<TicketView>([.. page.Value.Items.Select(t => t.For(context.Actor(), time.GetUtcNow(), unread.GetValueOrDefault(t.Id), due: due(t)))], page.Value.NextCursor));
    }

    private static async Task<IResult> Count(HttpContext context, TicketQueries tickets, CancellationToken ct)
    {
        var filter = TicketListQuery.Parse(context.Request.Query, context.Actor());
        return (filter.Ok ? await tickets.Count(context.Actor(), filter.Value, ct) : filter.Refusal).ToResult();
    }

    private static async Task<IResult> History(string id, HttpContext context, TicketQueries tickets, ChatQueries chats, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), id, ct);
        if (!found.Ok) return found.Refusal.ToResult();
        return (await chats.History(context.Actor(), found.Value.Id, ct)).ToResult();
    }
}
