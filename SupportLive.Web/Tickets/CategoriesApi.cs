using SupportLive.Core.Accounts;
using SupportLive.Core.Tickets;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Tickets;

/// <summary><c>/api/categories</c>: what tickets can be about.</summary>
public static class CategoriesApi
{
    public static void MapCategories(this WebApplication app)
    {
        var api = app.MapGroup("/api/categories").WithTags("Tickets");
        // Whoever shows old tickets needs the names of the retired ones too.
        api.MapGet("", async (TicketQueries tickets, CancellationToken ct, bool all = false) => all ? await tickets.Categories(ct) : await tickets.Offered(ct)).RequireAuthorization(Policies.SignedIn).Produces<IReadOnlyList<CategoryView>>();
        api.MapPost("", Add).RequireAuthorization(Permissions.SettingsManage).Produces<CategoryView>(201);
        api.MapPut("/{key}", async (string key, CategoryEdit body, HttpContext context, CategoryActions categories, CancellationToken ct) =>
            (await categories.Change(context.Actor(), key, body, ct)).ToResult()).RequireAuthorization(Permissions.SettingsManage).Produces<CategoryView>();
    }

    private static async Task<IResult> Add(NewCategory body, HttpContext context, CategoryActions categories, CancellationToken ct)
    {
        var added = await categories.Add(context.Actor(), body.Key, body.Name, ct);
        return added.Ok ? Results.Created($"/api/categories/{added.Value.Key}", added.Value) : added.Refusal.ToResult();
    }
}

/// <param name="Key">Left out: made of the name.</param>
public sealed record NewCategory(string? Name, string? Key = null);
