using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Accounts;

/// <summary><c>/api/users</c>: who has an account, and what it may do.</summary>
public static class UsersApi
{
    public static void MapUsers(this WebApplication app)
    {
        var api = app.MapGroup("/api/users").WithTags("Users").RequireAuthorization(Permissions.UsersManage);
        api.MapGet("", List).Produces<Page<UserView>>();
        api.MapPut("/{id}/roles", (string id, RolesBody body, HttpContext context, AccountActions accounts, CancellationToken ct) => Change(id, user => accounts.SetRoles(context.Actor(), user, body.Roles, ct))).Produces(204);
        api.MapPost("/{id}/disable", (string id, HttpContext context, AccountActions accounts, CancellationToken ct) => Change(id, user => accounts.Disable(context.Actor(), user, ct))).Produces(204);
        api.MapPost("/{id}/enable", (string id, HttpContext context, AccountActions accounts, CancellationToken ct) => Change(id, user => accounts.Enable(context.Actor(), user, ct))).Produces(204);
    }

    private static async Task<IResult> List(HttpContext context, AccountQueries accounts, CancellationToken ct, string? role = null, string? q = null, string? cursor = null)
    {
        if (cursor is { Length: > 0 } && !Guid.TryParse(cursor, out _)) return Refusal.Invalid("cursor", "This cursor does not belong to this list; start again without it.").ToResult();
        var page = await accounts.Page(context.Actor(), role, q, Guid.TryParse(cursor, out var after) ? after : null, ct);
        return page.Map(users => new Page<UserView>(users, AccountQueries.IsFull(users) ? users[^1].Id.ToString() : null)).ToResult();
    }

    private static async Task<IResult> Change(string id, Func<Guid, Task<Outcome<Done>>> change)
    {
        var outcome = Guid.TryParse(id, out var user) ? await change(user) : Refusal.NotFound("account");
        return outcome.Ok ? Results.NoContent() : outcome.Refusal.ToResult();
    }
}

public sealed record RolesBody(string[]? Roles);
