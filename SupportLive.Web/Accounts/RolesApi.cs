using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Accounts;

/// <summary><c>/api/roles</c>: what people may do.</summary>
public static class RolesApi
{
    public static void MapRoles(this WebApplication app)
    {
        var api = app.MapGroup("/api/roles").WithTags("Roles").RequireAuthorization(Permissions.RolesManage);
        api.MapGet("", async (HttpContext context, RoleQueries roles, CancellationToken ct) => (await roles.All(context.Actor(), ct)).ToResult()).Produces<IReadOnlyList<RoleView>>();
        api.MapPut("/{name}", async (string name, RoleBody body, HttpContext context, RoleActions roles, CancellationToken ct) =>
            (await roles.Put(context.Actor(), name, body.Permissions, body.Version, ct)).ToResult()).Produces<RoleView>();
        api.MapDelete("/{name}", Delete).Produces(204);
    }

    private static async Task<IResult> Delete(string name, HttpContext context, RoleActions roles, CancellationToken ct)
    {
        var deleted = await roles.Delete(context.Actor(), name, ct);
        return deleted.Ok ? Results.NoContent() : deleted.Refusal.ToResult();
    }
}

/// <param name="Version">As with settings; 0: only if there is no such role yet.</param>
public sealed record RoleBody(string?[]? Permissions, int? Version = null);
