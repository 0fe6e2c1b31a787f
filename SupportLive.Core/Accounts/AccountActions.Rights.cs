using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>What those who manage people do to accounts. Nobody changes a person who may do more than they, or grants what they do not have.</summary>
public sealed partial class AccountActions
{
    /// <summary>Replaces the roles, and ends every log-in of the account. Only an admin grants or takes admin; the last usable admin keeps it. The same roles again change nothing.</summary>
    public Task<Outcome<Done>> SetRoles(Actor actor, Guid accountId, IReadOnlyCollection<string?>? roles, CancellationToken ct)
    {
        var wanted = Distinct(roles);
        return Change(actor, accountId, Acts.RolesChanged, keepsAdmin: wanted.Contains(Roles.Admin), async (users, db, account, has) =>
        {
            if (await MayGrant(db, actor, wanted, but: has, ct) is { } refusal) return refusal;
            if (has.ToHashSet(StringComparer.Ordinal).SetEquals(wanted)) return Unchanged;
            await users.RemoveFromRolesAsync(account, has.Except(wanted, StringComparer.Ordinal));
            await users.AddToRolesAsync(account, wanted.Except(has, StringComparer.Ordinal));
            return new Changed(new { roles = has.Order(StringComparer.Ordinal) }, new { roles = wanted.Order(StringComparer.Ordinal) });
        }, ct);
    }

    private static string[] Distinct(IReadOnlyCollection<string?>? roles) => [.. (roles ?? []).Select(r => r ?? "").Distinct(StringComparer.Ordinal)];

    private static async Task<Refusal?> MayGrant(SupportDb db, Actor actor, string[] wanted, IEnumerable<string> but, CancellationToken ct)
    {
        var known = await db.Roles.Select(r => r.Name!).OrderBy(n => n).ToListAsync(ct);
        if (wanted.Length == 0 || wanted.Except(known, StringComparer.Ordinal).Any()) return Refusal.Invalid("roles", "Name at least one role out of: " + string.Join(", ", known) + ".");
        var granted = wanted.Except(but, StringComparer.Ordinal).ToArray();
        if (actor.Role != Roles.Admin && granted.Contains(Roles.Admin)) return Refusal.Forbidden("Only an admin makes somebody an admin.");
        return (await PermissionsOf(db, granted, ct)).All(actor.May) ? null : Refusal.Forbidden("You cannot grant what you may not do yourself.");
    }

    private static Task<List<string>> PermissionsOf(SupportDb db, IEnumerable<string> roles, CancellationToken ct) =>
        db.RoleClaims.Where(c => c.ClaimType == Permissions.ClaimType && db.Roles.Any(r => r.Id == c.RoleId && roles.Contains(r.Name!))).Select(c => c.ClaimValue!).Distinct().ToListAsync(ct);

    /// <summary>Ends every open connection, page and token of the account within five seconds, and refuses new ones.</summary>
    public Task<Outcome<Done>> Disable(Actor actor, Guid accountId, CancellationToken ct) =>
        Change(actor, accountId, Acts.AccountDisabled, keepsAdmin: false, (_, _, account, _) =>
        {
            if (account.DisabledAt is not null) return Task.FromResult<Outcome<Changed>>(Unchanged);
            account.DisabledAt = time.GetUtcNow();
            return Task.FromResult<Outcome<Changed>>(new Changed(null, null));
        }, ct);

    public Task<Outcome<Done>> Enable(Actor actor, Guid accountId, CancellationToken ct) =>
        Change(actor, accountId, Acts.AccountEnabled, keepsAdmin: true, (_, _, account, _) =>
        {
            if (account.DisabledAt is null) return Task.FromResult<Outcome<Changed>>(Unchanged);
            account.DisabledAt = null;
            return Task.FromResult<Outcome<Changed>>(new Changed(null, null));
        }, ct);

    /// <summary>Ends every log-in of the account, on every device and node, within five seconds. The person can log in again.</summary>
    public Task<Outcome<Done>> LogOutEverywhere(Actor actor, Guid accountId, CancellationToken ct) =>
        Change(actor, accountId, Acts.LoggedOutEverywhere, keepsAdmin: true, (_, _, _, _) => Task.FromResult<Outcome<Changed>>(new Changed(null, null)), ct);

    // What is recorded of a change; nothing to record where nothing changed.
    private sealed class Changed(object? before, object? after)
    {
        public object? Before => before;

        public object? After => after;
    }

    private static Changed Unchanged { get; } = new(null, null);

    // One change of rights at a time (advisory lock), or two admins could remove each other in the same instant.
    private async Task<Outcome<Done>> Change(Actor actor, Guid accountId, string act, bool keepsAdmin, Func<UserManager<Account>, SupportDb, Account, IList<string>, Task<Outcome<Changed>>> change, CancellationToken ct)
    {
        if (!actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var db = scope.ServiceProvider.GetRequiredService<SupportDb>();
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        await Locks.TakeRights(db, ct);
        var account = await users.FindByIdAsync(accountId.ToString());
        if (account is null) return Refusal.NotFound("account");
        var has = await users.GetRolesAsync(account);
        if (has.Contains(Roles.Admin) && actor.Role != Roles.Admin) return Refusal.Forbidden("Only an admin changes an admin.");
        if (!(await PermissionsOf(db, has, ct)).All(actor.May)) return Refusal.Forbidden("You can only change people who may do no more than you.");
        if (has.Contains(Roles.Admin) && !keepsAdmin && await IsLastAdmin(users, account)) return Refusal.Conflict("last_admin", "This is the last admin; make somebody else admin first.");
        var outcome = await change(users, db, account, has);
        if (!outcome.Ok) return outcome.Refusal;
        if (outcome.Value == Unchanged) return new Done();
        account.AccessChangedAt = time.GetUtcNow();
        Audit.Record(db, actor, act, AuditSubject.Of(account), outcome.Value.Before, outcome.Value.After);
        await users.UpdateSecurityStampAsync(account); // saves the account and the record too
        await SessionActions.EndAll(db, account.Id, account.AccessChangedAt, ct);
        await tx.CommitAsync(ct);
        actors.Forget(account.Id);
        tell(account.Id);
        return new Done();
    }

    // Who is disabled, or has not accepted the invitation yet, could not let anybody in again.
    private static async Task<bool> IsLastAdmin(UserManager<Account> users, Account account) =>
        (await users.GetUsersInRoleAsync(Roles.Admin)).All(a => a.Id == account.Id || a.DisabledAt is not null || a.PasswordHash is null);
}
