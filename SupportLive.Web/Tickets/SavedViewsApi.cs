using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Tickets;

/// <summary><c>/api/views</c>: lists that people come back to.</summary>
public static class SavedViewsApi
{
    public static void MapSavedViews(this WebApplication app)
    {
        var api = app.MapGroup("/api/views").WithTags("Tickets").RequireAuthorization(Permissions.TicketsRead);
        api.MapGet("", async (HttpContext context, SavedViews views, CancellationToken ct) => (await views.All(context.Actor(), ct)).ToResult()).Produces<IReadOnlyList<SavedViewView>>();
        api.MapPost("", Create).Produces<SavedViewView>(201);
        api.MapPut("/{id}", Change).Produces<SavedViewView>();
        api.MapDelete("/{id}", Delete).Produces(204);
    }

    private static async Task<IResult> Create(SavedViewBody body, HttpContext context, SavedViews views, CancellationToken ct)
    {
        if (TicketListQuery.Refuse(body.Query, context.Actor()) is { } refusal) return refusal.ToResult();
        var made = await views.Create(context.Actor(), body.Name, body.Query, body.Shared ?? false, ct);
        return made.Ok ? Results.Created($"/api/views/{made.Value.Id}", made.Value) : made.Refusal.ToResult();
    }

    private static async Task<IResult> Change(string id, SavedViewBody body, HttpContext context, SavedViews views, CancellationToken ct)
    {
        if (TicketListQuery.Refuse(body.Query, context.Actor()) is { } refusal) return refusal.ToResult();
        return (Guid.TryParse(id, out var view) ? await views.Change(context.Actor(), view, body.Name, body.Query, body.Shared ?? false, body.Version, ct) : Refusal.NotFound("view")).ToResult();
    }

    private static async Task<IResult> Delete(string id, HttpContext context, SavedViews views, CancellationToken ct)
    {
        var deleted = Guid.TryParse(id, out var view) ? await views.Delete(context.Actor(), view, ct) : Refusal.NotFound("view");
        return deleted.Ok ? Results.NoContent() : deleted.Refusal.ToResult();
    }
}

/// <param name="Version">As with settings: with one, a change is refused when somebody else was faster.</param>
public sealed record SavedViewBody(string? Name, string? Query, bool? Shared, int? Version = null);
