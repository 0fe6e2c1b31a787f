using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>Tells every node that an account's rights have changed; what telling means is the live room's business.</summary>
public delegate void TellAccessChanged(Guid accountId);

/// <summary>Everything that changes accounts and their rights. Changes of rights are signalled to every node.</summary>
public sealed class AccountActions(IServiceScopeFactory scopes, Actors actors, TellAccessChanged tell, TimeProvider time)
{
    /// <summary>A new customer. Refused as invalid when a field is wrong, or the e-mail address has an account already.</summary>
    public Task<Outcome<RegisteredView>> Register(string? email, string? password, string? displayName, CancellationToken ct) =>
        Create(email, password, displayName, Roles.Customer, ct);

    /// <summary>Any role: for the seed and the first administrator; callers check rights before they come here.</summary>
    internal async Task<Outcome<RegisteredView>> Create(string? email, string? password, string? displayName, string role, CancellationToken ct)
    {
        var check = new Check().Text("email", "E-mail", email, 3, 254).Text("displayName", "Display name", displayName, 1, 100)
            .That(password is { Length: <= 200 }, "password", "The password is missing or longer than 200 characters.")
            .That(LooksLikeEmail(email), "email", "This is not an e-mail address.")
            .That(displayName?.Any(char.IsControl) != true, "displayName", "The display name must be one line.");
        if (check.Refusal is { } refusal) return refusal;

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var now = time.GetUtcNow();
        var account = new Account
        {
            Id = Guid.CreateVersion7(now),
            Email = email!.Trim(),
            UserName = email.Trim(),
            DisplayName = displayName!.Trim(),
            CreatedAt = now,
            AccessChangedAt = now,
            LockoutEnabled = true,
        };
        var db = scope.ServiceProvider.GetRequiredService<SupportDb>();
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        try
        {
            var created = await users.CreateAsync(account, password!);
            if (!created.Succeeded) return AsRefusal(created);
            await users.AddToRoleAsync(account, role);
            await tx.CommitAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return Taken; // two registrations of one address in the same instant
        }

        return new RegisteredView(account.Id, account.Email, account.DisplayName);
    }

    private static readonly Refusal Taken = Refusal.Invalid("email", "There is an account with this e-mail address already.");

    private static bool LooksLikeEmail(string? email) =>
        email is not null && email.Trim() is var e && System.Net.Mail.MailAddress.TryCreate(e, out var parsed) && parsed.Address == e && !e.Any(char.IsWhiteSpace);

    private static Refusal AsRefusal(IdentityResult result) =>
        result.Errors.Any(e => e.Code.StartsWith("Duplicate", StringComparison.Ordinal))
            ? Taken
            : Refusal.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                [result.Errors.First().Code.StartsWith("Password", StringComparison.Ordinal) ? "password" : "email"] = [.. result.Errors.Select(e => e.Description)],
            });

    /// <summary>
    /// Who this is, when the password is right. One refusal for an unknown address, a wrong password, a disabled and a
    /// locked account (five wrong passwords lock for five minutes), so that nobody learns which addresses exist.
    /// </summary>
    public async Task<Outcome<Access>> LogIn(string? email, string? password, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(email) || string.IsNullOrEmpty(password) || email.Length > 254 || password.Length > 200 || email.Contains('\0', StringComparison.Ordinal)) return WrongPassword;
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await users.FindByEmailAsync(email.Trim());
        if (account is null)
        {
            // The same work as for an existing account: the time of the answer must not tell either.
            users.PasswordHasher.HashPassword(null!, password);
            return WrongPassword;
        }

        if (await users.IsLockedOutAsync(account)) return WrongPassword;
        if (!await users.CheckPasswordAsync(account, password))
        {
            await users.AccessFailedAsync(account);
            return WrongPassword;
        }

        await users.ResetAccessFailedCountAsync(account);
        actors.Forget(account.Id);
        return await actors.Find(account.Id, ct) is { } access ? access : WrongPassword;
    }

    private static readonly Refusal WrongPassword = new(RefusalKind.Unauthenticated, "login_failed", "E-mail or password is wrong, or the account cannot be used right now.");

    /// <summary>Replaces the roles. Only an admin grants or takes admin; the last usable admin keeps it.</summary>
    public Task<Outcome<Done>> SetRoles(Actor actor, Guid accountId, IReadOnlyCollection<string>? roles, CancellationToken ct)
    {
        var wanted = roles?.Distinct(StringComparer.Ordinal).ToArray() ?? [];
        if (wanted.Length == 0 || wanted.Except(Roles.All, StringComparer.Ordinal).Any())
            return Task.FromResult<Outcome<Done>>(Refusal.Invalid("roles", "Name at least one role out of: " + string.Join(", ", Roles.All) + "."));
        return Change(actor, accountId, keepsAdmin: wanted.Contains(Roles.Admin), async (users, account, has) =>
        {
            if (actor.Role != Roles.Admin && wanted.Contains(Roles.Admin)) return Refusal.Forbidden("Only an admin makes somebody an admin.");
            await users.RemoveFromRolesAsync(account, has.Except(wanted, StringComparer.Ordinal));
            await users.AddToRolesAsync(account, wanted.Except(has, StringComparer.Ordinal));
            return new Done();
        }, ct);
    }

    /// <summary>Ends every open connection, page and token of the account within five seconds, and refuses new ones.</summary>
    public Task<Outcome<Done>> Disable(Actor actor, Guid accountId, CancellationToken ct) =>
        Change(actor, accountId, keepsAdmin: false, (_, account, _) =>
        {
            account.DisabledAt ??= time.GetUtcNow();
            return Task.FromResult<Outcome<Done>>(new Done());
        }, ct);

    public Task<Outcome<Done>> Enable(Actor actor, Guid accountId, CancellationToken ct) =>
        Change(actor, accountId, keepsAdmin: true, (_, account, _) =>
        {
            account.DisabledAt = null;
            return Task.FromResult<Outcome<Done>>(new Done());
        }, ct);

    // One administrator change at a time (advisory lock), or two admins could remove each other in the same instant.
    private async Task<Outcome<Done>> Change(Actor actor, Guid accountId, bool keepsAdmin, Func<UserManager<Account>, Account, IList<string>, Task<Outcome<Done>>> change, CancellationToken ct)
    {
        if (!actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var db = scope.ServiceProvider.GetRequiredService<SupportDb>();
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("set local lock_timeout = '15s'", ct); // many may stand in line
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Locks.Administrators})", ct);
        var account = await users.FindByIdAsync(accountId.ToString());
        if (account is null) return Refusal.NotFound("account");
        var has = await users.GetRolesAsync(account);
        if (has.Contains(Roles.Admin) && actor.Role != Roles.Admin) return Refusal.Forbidden("Only an admin changes an admin.");
        if (has.Contains(Roles.Admin) && !keepsAdmin && await IsLastAdmin(users, account)) return Refusal.Conflict("last_admin", "This is the last admin; make somebody else admin first.");
        var outcome = await change(users, account, has);
        if (!outcome.Ok) return outcome;
        account.AccessChangedAt = time.GetUtcNow();
        await users.UpdateSecurityStampAsync(account); // saves the account too
        await tx.CommitAsync(ct);
        actors.Forget(account.Id);
        tell(account.Id);
        return outcome;
    }

    private static async Task<bool> IsLastAdmin(UserManager<Account> users, Account account) =>
        (await users.GetUsersInRoleAsync(Roles.Admin)).All(a => a.Id == account.Id || a.DisabledAt is not null);
}
