using System.Collections.Frozen;
using System.Security.Claims;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>From an account's rights of this moment to the principal that policies and pages see.</summary>
public static class Principals
{
    public const string Stamp = "stamp";
    public const string Family = "family";

    private const string AccessItem = "SupportLive.Access";

    public static ClaimsPrincipal From(Access access, string scheme, string? family = null)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, access.Actor.Id.ToString()),
            new(ClaimTypes.Name, access.Actor.DisplayName),
            new(Stamp, access.Stamp),
        };
        if (family is not null) claims.Add(new(Family, family));
        claims.AddRange(access.Roles.Select(r => new Claim(ClaimTypes.Role, r)));
        claims.AddRange(access.Actor.Permissions.Select(p => new Claim(Permissions.ClaimType, p)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    public static Guid? AccountId(this ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Who it is and what was allowed when this was made: right for showing. Actions ask <see cref="CurrentActor"/> for the rights of now.</summary>
    public static Actor? ToActor(this ClaimsPrincipal principal)
    {
        if (principal.AccountId() is not { } id) return null;
        var role = Roles.All.LastOrDefault(principal.IsInRole) ?? principal.FindFirstValue(ClaimTypes.Role) ?? Roles.Customer;
        return new Actor(id, principal.Identity?.Name ?? "", role, principal.FindAll(Permissions.ClaimType).Select(c => c.Value).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>Null when the account is gone or its stamp has moved since this was handed out.</summary>
    public static async ValueTask<Access?> StillValid(this Actors actors, string? accountId, string? stamp, CancellationToken ct) =>
        Guid.TryParse(accountId, out var id) && await actors.Find(id, ct) is { } access && access.Stamp == stamp ? access : null;

    public static void Remember(this HttpContext context, Access access) => context.Items[AccessItem] = access;

    /// <summary>Who asks; only behind a policy that demands somebody.</summary>
    public static Access Access(this HttpContext context) => (Access)context.Items[AccessItem]!;

    public static Actor Actor(this HttpContext context) => context.Access().Actor;
}
