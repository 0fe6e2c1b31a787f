using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SupportLive.Core.Accounts;
using SupportLive.Web.Live;

namespace SupportLive.Web.Accounts;

/// <summary>
/// Bearer tokens: in the Authorization header, or in the query of the hub, because browsers cannot set headers on sockets.
/// </summary>
public sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens, Actors actors)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>The token that a request carries, if it does; decides whether this scheme or the cookie speaks for it.</summary>
    public static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        return request.Path.StartsWithSegments(SupportHub.Route, StringComparison.Ordinal) && request.Query["access_token"] is [{ Length: > 0 } query] ? query : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token(Request) is not { } text) return AuthenticateResult.NoResult();
        if (tokens.Read(text) is not { } token) return AuthenticateResult.Fail("The token is not valid.");
        var stamp = token.TryGetClaim(Principals.Stamp, out var s) ? s.Value : null;
        if (await actors.StillValid(token.Subject, stamp, Context.RequestAborted) is not { } access) return AuthenticateResult.Fail("The token has been withdrawn.");
        Context.Remember(access);
        var family = token.TryGetClaim(Principals.Family, out var f) ? f.Value : null;
        return AuthenticateResult.Success(new AuthenticationTicket(Principals.From(access, SchemeName, family, Context.From()), SchemeName));
    }
}
