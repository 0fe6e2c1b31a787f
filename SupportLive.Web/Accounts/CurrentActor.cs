using Microsoft.AspNetCore.Components.Authorization;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>Who looks at this page, with the rights of this moment; null when logged out, disabled or changed since the page was opened.</summary>
public sealed class CurrentActor(AuthenticationStateProvider state, Actors actors)
{
    public async Task<Actor?> Get(CancellationToken ct = default)
    {
        var user = (await state.GetAuthenticationStateAsync()).User;
        var access = await actors.StillValid(user.AccountId()?.ToString(), user.FindFirst(Principals.Stamp)?.Value, ct);
        return access is null ? null : access.Actor with { From = user.FindFirst(Principals.Address)?.Value };
    }
}
