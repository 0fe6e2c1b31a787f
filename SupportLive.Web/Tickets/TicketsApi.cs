using System.Globalization;
using System.Text.Json;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Tickets;

/// <summary><c>/api/tickets</c> and <c>/api/categories</c>.</summary>
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
                return moved.Ok ? Results.Ok(await View(context, moved.Value, chats, time, ct)) : moved.Refusal.ToResult();
            }).Produces<TicketView>();
    }

    private static async Task<IResult> Open(NewTicket body, HttpContext context, TicketActions actions, ChatQueries chats, TimeProvider time, CancellationToken ct)
    {
        var outcome = await actions.Open(context.Actor(), body, ct);
        return outcome.Ok ? Results.Created($"/api/tickets/{outcome.Value.Id}", await View(context, outcome.Value, chats, time, ct)) : outcome.Refusal.ToResult();
    }

    private static async Task<TicketView> View(HttpContext context, TicketSnapshot ticket, ChatQueries chats, TimeProvider time, CancellationToken ct) =>
        ticket.For(context.Actor(), time.GetUtcNow(), await chats.Unread(context.Actor(), ticket, ct));

    private static async Task<IResult> Find(string id, HttpContext context, TicketQueries tickets, ChatQueries chats, TimeProvider time, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), id, ct);
        return found.Ok ? Results.Ok(await View(context, found.Value, chats, time, ct)) : found.Refusal.ToResult();
    }

    private static async Task<IResult> List(HttpContext context, TicketQueries tickets, ChatQueries chats, TimeProvider time, CancellationToken ct)
    {
        var filter = TicketListQuery.Parse(context.Request.Query, context.Actor());
        var page = filter.Ok ? await tickets.List(context.Actor(), filter.Value, ct) : filter.Refusal;
        if (!page.Ok) return page.Refusal.ToResult();
        var rows = await chats.With(context.Actor(), page.Value.Items, ct);
        return Results.Ok(new Page<TicketView>([.. rows.Select(r => r.Ticket.For(context.Actor(), time.GetUtcNow(), r.Unread))], page.Value.NextCursor));
    }

    private static async Task<IResult> History(string id, HttpContext context, TicketQueries tickets, ChatQueries chats, CancellationToken ct)
    {
        var found = await tickets.Find(context.Actor(), id, ct);
        if (!found.Ok) return found.Refusal.ToResult();
        return (await chats.History(context.Actor(), found.Value.Id, ct)).ToResult();
    }
}

/// <summary>What the verbs take; each reads its own fields.</summary>
public sealed record MoveBody(string? Reason = null, string? AgentId = null, int? Score = null, string? Comment = null);

/// <summary>The query string of a list, word for word as in the contract.</summary>
public static class TicketListQuery
{
    private static readonly IReadOnlyDictionary<string, TicketSort> Sorts = new Dictionary<string, TicketSort>(StringComparer.Ordinal)
    {
        ["waiting"] = TicketSort.Waiting,
        ["priority"] = TicketSort.Priority,
        ["-created"] = TicketSort.Created,
        ["-updated"] = TicketSort.Updated,
    };

    public static Outcome<TicketFilter> Parse(IQueryCollection query, Actor actor)
    {
        var check = new Check();
        var filter = new TicketFilter
        {
            Status = Words<TicketStatus>(query, "status", check),
            Priority = Words<TicketPriority>(query, "priority", check),
            Category = [.. query["category"].OfType<string>().Where(c => c.Length > 0)],
            Unassigned = query["assignee"] == "none",
            Assignee = Assignee(query["assignee"], actor, check),
            Escalated = Flag(query["escalated"], check),
            Text = query["q"],
            Sort = Sort(query["sort"], check),
            Limit = Number(query["limit"], 50, check),
            Cursor = query["cursor"] is [{ Length: > 0 } cursor] ? cursor : null,
        };
        return check.Refusal is { } refusal ? refusal : filter;
    }

    private static IReadOnlyList<T> Words<T>(IQueryCollection query, string name, Check check) where T : struct, Enum
    {
        var known = Enum.GetValues<T>().ToDictionary(v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()), StringComparer.Ordinal);
        var words = query[name].OfType<string>().SelectMany(w => w.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        check.That(words.All(known.ContainsKey), name, $"Choose {name} out of: {string.Join(", ", known.Keys)}.");
        return [.. words.Where(known.ContainsKey).Select(w => known[w])];
    }

    private static Guid? Assignee(string? value, Actor actor, Check check)
    {
        if (value is null or "" or "none") return null;
        if (value == "me") return actor.Id;
        check.That(Guid.TryParse(value, out var id), "assignee", "The assignee is me, none, or an id.");
        return id;
    }

    private static bool? Flag(string? value, Check check)
    {
        if (string.IsNullOrEmpty(value)) return null;
        check.That(value is "true" or "false", "escalated", "Escalated is true or false.");
        return value == "true";
    }

    private static TicketSort Sort(string? value, Check check)
    {
        if (string.IsNullOrEmpty(value)) return TicketSort.Created;
        check.That(Sorts.ContainsKey(value), "sort", $"Choose sort out of: {string.Join(", ", Sorts.Keys)}.");
        return Sorts.GetValueOrDefault(value, TicketSort.Created);
    }

    private static int Number(string? value, int otherwise, Check check)
    {
        if (string.IsNullOrEmpty(value)) return otherwise;
        check.That(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number), "limit", "The limit is a number.");
        return number;
    }
}
