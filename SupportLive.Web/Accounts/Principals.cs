using System.Collections.Frozen;
using System.Security.Claims;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>From an account's rights of this moment to the principal that policies and pages see.</summary>
public static class Principals
{
    public const string Stamp = "stamp";
    public const string Family = "family";

    /// <summary>The network address that this was made for. A circuit keeps that of its connection.</summary>
    public const string Address = "address";

    private const string AccessItem = "SupportLive.Access";

    public static ClaimsPrincipal From(Access access, string scheme, string? family = null, string? address = null)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, access.Actor.Id.ToString()),
            new(ClaimTypes.Name, access.Actor.DisplayName),
            new(Stamp, access.Stamp),
        };
        if (family is not null) claims.Add(new(Family, family));
        if (address is not null) claims.Add(new(Address, address));
        claims.AddRange(access.Roles.Select(r => new Claim(ClaimTypes.Role, r)));
        claims.AddRange(access.Actor.Permissions.Select(p => new Claim(Permissions.ClaimType, p)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    public static Guid? AccountId(this ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Who it is and what was allowed when this was made: right for showing. Actions ask <see cref="CurrentActor"/> for the rights of now.</summary>
    public static Actor? ToActor(this ClaimsPrincipal principal)
    {
        if (principal.AccountId() is not { } id) return null;
        var role = Roles.Strongest(principal.FindAll(ClaimTypes.Role).Select(c => c.Value));
        return new Actor(id, principal.Identity?.Name ?? "", role, principal.FindAll(Permissions.ClaimType).Select(c => c.Value).ToFrozenSet(StringComparer.Ordinal))
        {
            From = principal.FindFirstValue(Address),
        };
    }

    /// <summary>Null when the account is gone or its stamp has moved since this was handed out.</summary>
    public static async ValueTask<Access?> StillValid(this Actors actors, string? accountId, string? stamp, CancellationToken ct) =>
        Guid.TryParse(accountId, out var id) && await actors.Find(id, ct) is { } access && access.Stamp == stamp ? access : null;

    /// <summary>Every door over HTTP, and the beginning of every circuit and hub connection, passes here.</summary>
    public static void Remember(this HttpContext context, Access access)
    {
        context.Items[AccessItem] = access with { Actor = access.Actor with { From = context.From() } };
        context.RequestServices.GetRequiredService<LastSeen>().Saw(access.Actor.Id);
    }

    /// <summary>The network address that a request comes from.</summary>
    public static string? From(this HttpContext context) => context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    /// <summary>Who asks; only behind a policy that demands somebody.</summary>
    public static Access Access(this HttpContext context) => (Access)context.Items[AccessItem]!;

    public static Actor Actor(this HttpContext context) => context.Access().Actor;
}
