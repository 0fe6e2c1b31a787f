using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;
using SupportLive.Web.Live;

namespace SupportLive.Web.Tickets;

/// <summary><c>/api/tickets/bulk</c>: one move on many tickets, one after the other, each by the same rules as alone.</summary>
internal static class TicketBulkApi
{
    private const int Limit = 200;

    private static readonly string[] Edits = ["edit", "priority", "tag", "untag"];

    public static void MapBulk(this RouteGroupBuilder api) => api.MapPost("/bulk", Run).Produces<BulkRow[]>().RequireAuthorization(Permissions.TicketsRead);

    // One refusal does not stop the others; a caller who goes away does.
    private static async Task<IResult> Run(BulkBody body, HttpContext context, TicketQueries tickets, TicketActions actions, CancellationToken ct)
    {
        var check = new Check().That(body.Ids is { Length: >= 1 and <= Limit } && body.Ids.All(id => id is not null), "ids", $"Name the tickets: 1 to {Limit}.")
            .That(body.Verb is not null && (Edits.Contains(body.Verb) || TicketMovesApi.Verbs.ContainsKey(body.Verb)), "verb", $"Choose the verb out of: {string.Join(", ", TicketMovesApi.Verbs.Keys.Concat(Edits))}.");
        if (check.Refusal is { } refusal) return refusal.ToResult();
        var (actor, args) = (context.Actor(), body.Args ?? new());
        if (Edits.Contains(body.Verb) && args.Edit(body.Verb!).Check(await tickets.Categories(ct)) is { } wrong) return wrong.ToResult();
        var rows = new List<BulkRow>();
        foreach (var id in body.Ids!.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            ct.ThrowIfCancellationRequested();
            var found = await tickets.Find(actor, id, ct);
            var moved = found.Ok ? await Move(actions, actor, found.Value.Id, body.Verb!, args, ct) : found;
            rows.Add(new BulkRow(id, moved.Ok, moved.Ok ? null : Reply.No(moved.Refusal).Refusal));
        }

        return Results.Ok(rows);
    }

    private static Task<Outcome<TicketSnapshot>> Move(TicketActions actions, Actor actor, Guid ticketId, string verb, BulkArgs args, CancellationToken ct) =>
        TicketMovesApi.Verbs.TryGetValue(verb, out var move)
            ? move(actions, actor, ticketId, new MoveBody(args.Reason, args.AgentId, args.Score, args.Comment, args.Force), ct)
            : actions.Edit(actor, ticketId, args.Edit(verb), ct);
}

/// <param name="Ids">Ids or numbers, at most 200.</param>
/// <param name="Verb">A verb of a single ticket, or <c>edit</c>, <c>priority</c>, <c>tag</c>, <c>untag</c>.</param>
public sealed record BulkBody(string[]? Ids, string? Verb, BulkArgs? Args);

/// <summary>What the verbs take; each reads its own. <c>tag</c> adds <see cref="Tags"/>, <c>untag</c> removes them, <c>edit</c> makes them all there are.</summary>
public sealed record BulkArgs(
    string? Reason = null, string? AgentId = null, int? Score = null, string? Comment = null, bool? Force = null,
    string? Category = null, TicketPriority? Priority = null, string[]? Tags = null, string[]? AddTags = null, string[]? RemoveTags = null)
{
    internal TicketEdit Edit(string verb) => verb switch
    {
        "priority" => new(Priority: Priority),
        "tag" => new(AddTags: Tags ?? AddTags),
        "untag" => new(RemoveTags: Tags ?? RemoveTags),
        _ => new(Category: Category, Priority: Priority, Tags: Tags, AddTags: AddTags, RemoveTags: RemoveTags),
    };
}

/// <summary>What became of one ticket of many.</summary>
public sealed record BulkRow(string Id, bool Ok, HubRefusal? Refusal);
