using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>Who has a page open is here.</summary>
public sealed class SeenCircuit(AuthenticationStateProvider state, LastSeen seen) : CircuitHandler, IDisposable
{
    private IDisposable? here;

    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        here?.Dispose();
        here = (await state.GetAuthenticationStateAsync()).User.AccountId() is { } id ? seen.Enter(id) : null;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        here?.Dispose();
        here = null;
    }
}
