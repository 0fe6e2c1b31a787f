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
        api.MapPost("", Create).Produces<CreatedUser>(201);
        api.MapGet("/{id}", async (string id, HttpContext context, AccountQueries accounts, CancellationToken ct) => (await accounts.Find(context.Actor(), IdOf(id), ct)).ToResult()).Produces<UserView>();
        api.MapPut("/{id}/roles", (string id, RolesBody body, HttpContext context, AccountActions accounts, CancellationToken ct) => Change(id, user => accounts.SetRoles(context.Actor(), user, body.Roles, ct))).Produces(204);
        api.MapPost("/{id}/disable", (string id, HttpContext context, AccountActions accounts, CancellationToken ct) => Change(id, user => accounts.Disable(context.Actor(), user, ct))).Produces(204);
        api.MapPost("/{id}/enable", (string id, HttpContext context, AccountActions accounts, CancellationToken ct) => Change(id, user => accounts.Enable(context.Actor(), user, ct))).Produces(204);
        api.MapPost("/{id}/log-out", (string id, HttpContext context, AccountActions accounts, CancellationToken ct) => Change(id, user => accounts.LogOutEverywhere(context.Actor(), user, ct))).Produces(204);
        api.MapPost("/{id}/invite", async (string id, HttpContext context, AccountActions accounts, CancellationToken ct) =>
            (await accounts.InviteAgain(context.Actor(), IdOf(id), ct)).Map(invite => InviteLink.Of(invite, context)).ToResult()).Produces<InviteLink>();
    }

    private static Guid IdOf(string id) => Guid.TryParse(id, out var user) ? user : Guid.Empty;

    private static async Task<IResult> List(HttpContext context, AccountQueries accounts, CancellationToken ct, string? role = null, string? q = null, string? cursor = null)
    {
        if (cursor is { Length: > 0 } && !Guid.TryParse(cursor, out _)) return Refusal.Invalid("cursor", "This cursor does not belong to this list; start again without it.").ToResult();
        var page = await accounts.Page(context.Actor(), role, q, Guid.TryParse(cursor, out var after) ? after : null, ct);
        return page.Map(users => new Page<UserView>(users, AccountQueries.IsFull(users) ? users[^1].Id.ToString() : null)).ToResult();
    }

    // With a password the account is ready; without one the answer holds the link that its owner sets one with.
    private static async Task<IResult> Create(NewUser body, HttpContext context, AccountActions accounts, AccountQueries queries, CancellationToken ct)
    {
        if (body.Password is not null)
        {
            var created = await accounts.Create(context.Actor(), body.Email, body.Password, body.DisplayName, body.Roles, ct);
            return created.Ok ? Results.Created($"/api/users/{created.Value.Id}", new CreatedUser(created.Value, null)) : created.Refusal.ToResult();
        }

        var invited = await accounts.Invite(context.Actor(), body.Email, body.DisplayName, body.Roles, ct);
        if (!invited.Ok) return invited.Refusal.ToResult();
        var user = await queries.Find(context.Actor(), invited.Value.AccountId, ct);
        return user.Ok ? Results.Created($"/api/users/{user.Value.Id}", new CreatedUser(user.Value, InviteLink.Of(invited.Value, context))) : user.Refusal.ToResult();
    }

    private static async Task<IResult> Change(string id, Func<Guid, Task<Outcome<Done>>> change)
    {
        var outcome = await change(IdOf(id));
        return outcome.Ok ? Results.NoContent() : outcome.Refusal.ToResult();
    }
}

public sealed record RolesBody(string?[]? Roles);

/// <param name="Password">Left out: the answer holds an invitation.</param>
public sealed record NewUser(string? Email, string? DisplayName, string?[]? Roles, string? Password = null);

public sealed record CreatedUser(UserView User, InviteLink? Invite);

/// <summary>An invitation with its whole address; whoever has it can use it, once.</summary>
public sealed record InviteLink(string Link, DateTimeOffset Until)
{
    internal static InviteLink Of(Invite invite, HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}{invite.Path}", invite.Until);
}
