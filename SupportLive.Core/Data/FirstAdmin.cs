using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>Creates the first administrator from the configuration, once, when there is none.</summary>
public sealed class FirstAdmin(AccountActions accounts, IServiceScopeFactory scopes)
{
    public async Task Create(string? email, string? password, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(email)) return;
        await using var scope = scopes.CreateAsyncScope();
        if ((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().GetUsersInRoleAsync(Roles.Admin)).Count > 0) return;
        if ((await accounts.Create(email, password, "Administrator", Roles.Admin, ct)).Refusal is { } refusal)
            throw new StartupRefusal($"The first administrator (Admin__Email, Admin__Password) cannot be created: {refusal.Message}");
    }
}
