using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>How people come back in who have forgotten their password, and say that an address is theirs.</summary>
public sealed partial class AccountActions
{
    private static readonly TimeSpan AskPause = TimeSpan.FromMinutes(5);

    /// <summary>Sends a link to the address, if it belongs to an account that can be used. Does the same work, and answers nothing, in any case; asked again within five minutes it sends no other one.</summary>
    public async Task AskForPassword(string? email, string? from, CancellationToken ct)
    {
        var address = email?.Trim() is { Length: > 0 and <= 254 } typed && !typed.Any(char.IsControl) ? typed : "";
        await using var scope = scopes.CreateAsyncScope();
        var (users, db) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<SupportDb>());
        var account = await users.FindByEmailAsync(address);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        Audit.Record(db, null, Acts.PasswordAsked, account is null ? AuditSubject.Address(address) : AuditSubject.Of(account), from: from);
        await db.SaveChangesAsync(ct);
        var once = time.GetUtcNow().UtcTicks / AskPause.Ticks;
        await mail(db, account is { PasswordHash: not null } ? account.Id : Guid.Empty, "reset", $"{once}", null, ct);
        await tx.CommitAsync(ct);
    }

    private static readonly Refusal NoReset = new(RefusalKind.NotFound, "reset_ended", "This link is not good any more. Ask for a new one.");

    /// <summary>Whose password a link sets. One refusal, <c>reset_ended</c>, for all that is wrong with it.</summary>
    public async Task<Outcome<RegisteredView>> MayReset(string? accountId, string? token, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var account = await Forgetful(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), accountId, token);
        ct.ThrowIfCancellationRequested();
        return account is null ? NoReset : View(account);
    }

    private static async Task<Account?> Forgetful(UserManager<Account> users, string? accountId, string? token)
    {
        if (!Guid.TryParse(accountId, out var id) || token is not { Length: > 0 and < 2000 }) return null;
        var account = await users.FindByIdAsync(id.ToString());
        return account is { PasswordHash: not null, DisabledAt: null } && await users.VerifyUserTokenAsync(account, nameof(ResetTokens), ResetTokens.Purpose, token) ? account : null;
    }

    /// <summary>Sets the password, ends every log-in of the account, tells its owner, and lets the person in. Refused as invalid with the field, or as <c>reset_ended</c>.</summary>
    public async Task<Outcome<Access>> ResetPassword(string? accountId, string? token, string? password, string? from, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (users, db) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<SupportDb>());
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        await Locks.TakeRights(db, ct); // of two who use one link at once the second finds another stamp
        if (await Forgetful(users, accountId, token) is not { } account) return NoReset;
        if (password is not { Length: > 0 and <= 200 }) return Refusal.Invalid("password", "The password is missing or longer than 200 characters.");
        foreach (var validator in users.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(users, account, password);
            if (!valid.Succeeded) return AsRefusal(valid);
        }

        // The owner has read a mail at this address, and may have been locked out before.
        (account.PasswordHash, account.EmailConfirmed, account.AccessChangedAt, account.LockoutEnd, account.AccessFailedCount) = (users.PasswordHasher.HashPassword(account, password), true, time.GetUtcNow(), null, 0);
        Audit.Record(db, As(account, from), Acts.PasswordChanged, AuditSubject.Of(account));
        await users.UpdateSecurityStampAsync(account); // saves the account and the record too
        await SessionActions.EndAll(db, account.Id, account.AccessChangedAt, ct);
        await mail(db, account.Id, "password_changed", $"{account.AccessChangedAt.UtcTicks}", new { when = account.AccessChangedAt }, ct);
        await tx.CommitAsync(ct);
        actors.Forget(account.Id);
        tell(account.Id);
        return await actors.Find(account.Id, ct) is { } access ? access : NoReset;
    }

    /// <summary>The address is its owner's. False for a link that is wrong or old; pressing twice is no harm.</summary>
    public async Task<bool> Confirm(string? accountId, string? token, CancellationToken ct)
    {
        if (!Guid.TryParse(accountId, out var id) || token is not { Length: > 0 and < 2000 }) return false;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        ct.ThrowIfCancellationRequested();
        if (await users.FindByIdAsync(id.ToString()) is not { DisabledAt: null } account || !await users.VerifyUserTokenAsync(account, nameof(InviteTokens), "confirm", token)) return false;
        if (account.EmailConfirmed) return true;
        account.EmailConfirmed = true;
        return (await users.UpdateAsync(account)).Succeeded;
    }

    /// <summary>Tells the owner that somebody has logged in from a browser that has not been used for the account before.</summary>
    /// <param name="where">The browser, in words.</param>
    public async Task TellOfNewBrowser(Guid accountId, string where, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        await mail(scope.ServiceProvider.GetRequiredService<SupportDb>(), accountId, "new_sign_in", $"{now.UtcTicks}", new { when = now, where }, ct);
    }
}
