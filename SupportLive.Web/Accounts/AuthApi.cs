using Microsoft.AspNetCore.Antiforgery;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Accounts;

/// <summary><c>/api/auth</c> and <c>/api/me</c>.</summary>
public static class AuthApi
{
    public static void MapAuth(this WebApplication app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Accounts").RequireAuthorization(Policies.Anyone);
        auth.MapPost("/register", Register).Produces<RegisteredView>(201);
        auth.MapPost("/login", LogIn).Produces<TokenPair>();
        auth.MapPost("/refresh", Refresh).Produces<TokenPair>();
        auth.MapPost("/logout", LogOut).Produces(204);

        var api = app.MapGroup("/api").WithTags("Accounts");
        api.MapGet("/me", Me).RequireAuthorization(Policies.SignedIn).Produces<MeView>();
        api.MapGet("/antiforgery", Token).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<IResult> Register(Registration body, HttpContext context, AccountActions accounts, CancellationToken ct)
    {
        var outcome = await accounts.Register(body.Email, body.Password, body.DisplayName, context.From(), ct);
        return outcome.Ok ? Results.Created("/api/me", outcome.Value) : outcome.Refusal.ToResult();
    }

    private static async Task<IResult> LogIn(Credentials body, HttpContext context, AccountActions accounts, SessionActions sessions, AccessTokens tokens, CancellationToken ct)
    {
        var outcome = await accounts.LogIn(body.Email, body.Password, context.From(), ct);
        return outcome.Ok ? Results.Ok(TokenPair.Of(await sessions.Begin(outcome.Value, ct), tokens)) : outcome.Refusal.ToResult();
    }

    private static async Task<IResult> Refresh(Refreshing body, SessionActions sessions, AccessTokens tokens, CancellationToken ct) =>
        (await sessions.Rotate(body.RefreshToken, ct)).Map(s => TokenPair.Of(s, tokens)).ToResult();

    // With the access token, or with the refresh token in the body, as clients have it.
    private static async Task<IResult> LogOut(HttpContext context, SessionActions sessions, CancellationToken ct, Refreshing? body = null)
    {
        if (Guid.TryParse(context.User.FindFirst(Principals.Family)?.Value, out var family)) await sessions.End(family, ct);
        else if (body?.RefreshToken is { } token && await sessions.Rotate(token, ct) is { Ok: true, Value: var session }) await sessions.End(session.Family, ct);
        return Results.NoContent();
    }

    private static IResult Me(HttpContext context)
    {
        var access = context.Access();
        return Results.Ok(new MeView(access.Actor.Id, access.Email, access.Actor.DisplayName, access.Roles, [.. access.Actor.Permissions.Order(StringComparer.Ordinal)]));
    }

    private static IResult Token(HttpContext context, IAntiforgery antiforgery) => Results.Ok(new { token = antiforgery.GetAndStoreTokens(context).RequestToken });
}

public sealed record Registration(string? Email, string? Password, string? DisplayName);

public sealed record Credentials(string? Email, string? Password, string? TwoFactorCode);

public sealed record Refreshing(string? RefreshToken);

/// <summary>What a program needs to stay logged in.</summary>
/// <param name="ExpiresIn">Seconds until the access token ends.</param>
public sealed record TokenPair(string AccessToken, string RefreshToken, int ExpiresIn, string TokenType)
{
    public static TokenPair Of(Session session, AccessTokens tokens) =>
        new(tokens.Create(session.Access, session.Family), session.RefreshToken, (int)AccessTokens.Lifetime.TotalSeconds, "Bearer");
}
