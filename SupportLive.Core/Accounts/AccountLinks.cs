using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SupportLive.Core.Data;

namespace SupportLive.Core.Accounts;

/// <summary>Writes down, in the transaction of <paramref name="db"/>, that an account is to get a mail about itself; how is the outbound room's business.</summary>
/// <param name="kind">invite, reset, password_changed, new_sign_in, confirm.</param>
/// <param name="once">A second one of the kind with the same is none.</param>
public delegate Task TellByMail(SupportDb db, Guid account, string kind, string once, object? data, CancellationToken ct);

/// <summary>
/// Ways into an account, for the mails that carry them. Made when the mail is sent and stored nowhere: they name the account and its security
/// stamp, so whatever changes the password ends them all.
/// </summary>
public sealed class AccountLinks(IServiceScopeFactory scopes)
{
    /// <summary>The path with its secret; null where there is nothing to let in for any more.</summary>
    public async Task<string?> Path(string kind, Guid accountId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        ct.ThrowIfCancellationRequested();
        if (await users.FindByIdAsync(accountId.ToString()) is not { DisabledAt: null } account) return null;
        return kind switch
        {
            "reset" when account.PasswordHash is not null => await With("/account/reset-password", nameof(ResetTokens), ResetTokens.Purpose),
            "invite" when account.PasswordHash is null => await With("/account/invite", nameof(InviteTokens), InviteTokens.Purpose),
            "confirm" when !account.EmailConfirmed => await With("/account/confirm", nameof(InviteTokens), "confirm"),
            "password_changed" or "new_sign_in" => "/account/forgot-password",
            _ => null,
        };

        async Task<string> With(string page, string provider, string purpose) =>
            $"{page}?user={account.Id}&token={Uri.EscapeDataString(await users.GenerateUserTokenAsync(account, provider, purpose))}";
    }
}

/// <summary>The secret of a link that sets a new password: an hour, until the password or the rights change.</summary>
internal sealed class ResetTokens(IDataProtectionProvider protection, IOptions<ResetTokenOptions> options, ILogger<DataProtectorTokenProvider<Account>> log)
    : DataProtectorTokenProvider<Account>(protection, options, log)
{
    internal const string Purpose = "reset";
}

internal sealed class ResetTokenOptions : DataProtectionTokenProviderOptions
{
    public ResetTokenOptions() => (Name, TokenLifespan) = ("SupportLive.Reset", TimeSpan.FromHours(1));
}
