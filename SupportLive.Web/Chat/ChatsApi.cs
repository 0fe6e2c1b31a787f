using System.Globalization;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Chat;

/// <summary><c>/api/chats</c>.</summary>
public static class ChatsApi
{
    public static void MapChats(this WebApplication app)
    {
        var api = app.MapGroup("/api/chats").WithTags("Chats").RequireAuthorization(Policies.SignedIn);
        api.MapGet("", Mine).Produces<Page<ChatView>>();
        api.MapGet("/{ticketId}/messages", Messages).Produces<EntryPage>();
        api.MapPost("/{ticketId}/messages", Post).Produces<Ack>(201);
        api.MapPost("/{ticketId}/read", Read).Produces(204);
    }

    private static async Task<IResult> Mine(HttpContext context, ChatQueries chats, DueOf due, TimeProvider time, CancellationToken ct) => Results.Ok(new Page<ChatView>(
        [.. (await chats.Mine(context.Actor(), 100, ct)).Select(c => new ChatView(c.Ticket.For(context.Actor(), time.GetUtcNow(), c.Unread, due: due(c.Ticket)), c.LastMessage, c.Unread))], null));

    private static async Task<IResult> Messages(string ticketId, HttpContext context, TicketQueries tickets, ChatQueries chats, CancellationToken ct)
    {
        var query = context.Request.Query;
        var check = new Check();
        var (after, before, limit) = (Number("after"), Number("before"), Number("limit"));
        check.That(query["feed"] is [] or ["" or "public" or "staff"], "feed", "The feed is public or staff.");
        if (check.Refusal is { } refusal) return refusal.ToResult();
        var found = await tickets.Find(context.Actor(), ticketId, ct);
        if (!found.Ok) return found.Refusal.ToResult();
        return (await chats.Page(context.Actor(), found.Value.Id, query["feed"] == "staff" ? Feed.Staff : Feed.Public, after, before, limit ?? 50, ct)).ToResult();

        int? Number(string name)
        {
            if (query[name] is not [{ Length: > 0 } text]) return null;
            check.That(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number), name, $"The value of {name} is not a number.");
            return number;
        }
    }

    private static async Task<IResult> Post(string ticketId, MessageBody body, HttpContext context, TicketQueries tickets, ChatActions chats, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), ticketId, ct);
        var posted = found.Ok ? await chats.Post(context.Actor(), new NewMessage(found.Value.Id, body.ClientId, body.Body, body.Internal ?? false), ct) : found.Refusal;
        return posted.Ok ? Results.Created($"/api/chats/{found.Value!.Id}/messages?after={posted.Value.Seq - 1}", posted.Value) : posted.Refusal.ToResult();
    }

    private static async Task<IResult> Read(string ticketId, ReadBody body, HttpContext context, TicketQueries tickets, ChatActions chats, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), ticketId, ct);
        var read = found.Ok ? await chats.Read(context.Actor(), found.Value.Id, body.Seq ?? -1, ct) : found.Refusal;
        return read.Ok ? Results.NoContent() : read.Refusal.ToResult();
    }
}

/// <summary>One line of the list of conversations.</summary>
public sealed record ChatView(TicketView Ticket, EntryView? LastMessage, int Unread);

public sealed record MessageBody(string? Body, string? ClientId, bool? Internal);

public sealed record ReadBody(int? Seq);
