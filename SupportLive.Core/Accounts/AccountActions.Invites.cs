using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>How people get accounts from those who manage them.</summary>
public sealed partial class AccountActions
{
    /// <summary>An account with a password that its maker hands over. Refused as invalid with the fields, and forbidden where a role allows more than the maker may do.</summary>
    public Task<Outcome<UserView>> Create(Actor actor, string? email, string? password, string? displayName, IReadOnlyCollection<string?>? roles, CancellationToken ct) =>
        Add(actor, email, displayName, roles, wanted => Create(email, password, displayName, wanted, Recorded(actor, Acts.AccountCreated, wanted), a => (Seen(a, wanted), a.Id), ct), ct);

    private static Action<SupportDb, Account> Recorded(Actor actor, string act, string[] roles) => (db, a) => Audit.Record(db, actor, act, AuditSubject.Of(a), after: new { email = a.Email, a.DisplayName, roles });

    private static UserView Seen(Account a, IReadOnlyList<string> roles) => new(a.Id, a.Email!, a.DisplayName, roles, a.DisabledAt is not null, a.CreatedAt, a.PasswordHash is null, a.LastSeenAt);

    private async Task<Outcome<T>> Add<T>(Actor actor, string? email, string? displayName, IReadOnlyCollection<string?>? roles, Func<string[], Task<Outcome<(T View, Guid Id)>>> create, CancellationToken ct)
    {
        if (!actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        var wanted = Distinct(roles);
        await using var scope = scopes.CreateAsyncScope();
        if (await MayGrant(scope.ServiceProvider.GetRequiredService<SupportDb>(), actor, wanted, but: [], ct) is { } refusal) return refusal;
        var created = await create(wanted);
        if (!created.Ok) return created.Refusal;
        tell(created.Value.Id); // open lists show it
        return created.Value.View;
    }

    /// <summary>
    /// An account that waits for its owner, and the way in: seven days, once. Handing it over is the caller's business. Without a name the account has
    /// the part of the address before the @ until then. Refused as <see cref="Create(Actor, string?, string?, string?, IReadOnlyCollection{string?}?, CancellationToken)"/>.
    /// </summary>
    public Task<Outcome<Invite>> Invite(Actor actor, string? email, string? displayName, IReadOnlyCollection<string?>? roles, CancellationToken ct)
    {
        var name = string.IsNullOrWhiteSpace(displayName) ? email?.Trim().Split('@')[0] is { Length: > 0 } part ? part : "Invited" : displayName;
        return Add<Invite>(actor, email, name, roles, async wanted =>
        {
            var made = await Create(email, password: null, name, wanted, Recorded(actor, Acts.AccountInvited, wanted), a => a.Id, ct, invited: true, tellBy: "invite");
            if (!made.Ok) return made.Refusal;
            return (await WayIn(made.Value), made.Value);
        }, ct);
    }

    private async Task<Invite> WayIn(Guid id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await users.FindByIdAsync(id.ToString()))!;
        var token = await users.GenerateUserTokenAsync(account, nameof(InviteTokens), InviteTokens.Purpose);
        return new Invite(id, account.Email!, $"/account/invite?user={id}&token={Uri.EscapeDataString(token)}", time.GetUtcNow() + new InviteTokenOptions().TokenLifespan);
    }

    /// <summary>A new way in for somebody who has not accepted yet; the old one ends. Refused as <c>already_joined</c> for an account with a password.</summary>
    public async Task<Outcome<Invite>> InviteAgain(Actor actor, Guid accountId, CancellationToken ct)
    {
        var changed = await Change(actor, accountId, Acts.AccountInvited, keepsAdmin: true, async (_, db, account, has) =>
        {
            if (account.PasswordHash is not null) return Refusal.Conflict("already_joined", $"{account.DisplayName} has accepted an invitation already, and logs in with a password.");
            if (account.DisabledAt is not null) return Refusal.Conflict("account_disabled", "This account is disabled; enable it first.");
            await mail(db, account.Id, "invite", $"{time.GetUtcNow().UtcTicks}", null, ct);
            return new Changed(null, new { again = true, roles = has });
        }, ct);
        return changed.Ok ? await WayIn(accountId) : changed.Refusal;
    }

    private static readonly Refusal NoWayIn = new(RefusalKind.NotFound, "invite_ended", "This invitation is not good any more. Ask whoever sent it for a new one.");

    /// <summary>Whom an invitation is for. One refusal, <c>invite_ended</c>, for all that is wrong with it.</summary>
    public async Task<Outcome<RegisteredView>> Invited(string? accountId, string? token, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var account = await Holder(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), accountId, token);
        ct.ThrowIfCancellationRequested();
        return account is null ? NoWayIn : View(account);
    }

    private static async Task<Account?> Holder(UserManager<Account> users, string? accountId, string? token)
    {
        if (!Guid.TryParse(accountId, out var id) || token is not { Length: > 0 and < 2000 }) return null;
        var account = await users.FindByIdAsync(id.ToString());
        return account is { PasswordHash: null, DisabledAt: null } && await users.VerifyUserTokenAsync(account, nameof(InviteTokens), InviteTokens.Purpose, token) ? account : null;
    }

    /// <summary>The invited person chooses name and password, and is let in. Refused as invalid with the fields, or as <c>invite_ended</c>.</summary>
    /// <param name="from">The network address, for the audit log.</param>
    public async Task<Outcome<Access>> Accept(string? accountId, string? token, string? displayName, string? password, string? from, CancellationToken ct)
    {
        var check = new Check().Text("displayName", "Display name", displayName, 1, 100).That(displayName?.Any(char.IsControl) != true, "displayName", "The display name must be one line.")
            .That(password is { Length: > 0 and <= 200 }, "password", "The password is missing or longer than 200 characters.");
        await using var scope = scopes.CreateAsyncScope();
        var (users, db) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<SupportDb>());
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        await Locks.TakeRights(db, ct); // of two who use one link at once the second finds a password
        if (await Holder(users, accountId, token) is not { } account) return NoWayIn;
        if (check.Refusal is { } refusal) return refusal;
        (account.DisplayName, account.EmailConfirmed, account.AccessChangedAt) = (displayName!.Trim(), true, time.GetUtcNow());
        var set = await users.AddPasswordAsync(account, password!); // with a new stamp, which ends the link
        if (!set.Succeeded) return AsRefusal(set);
        Audit.Record(db, As(account, from), Acts.InviteAccepted, AuditSubject.Of(account));
        await db.SaveChangesAsync(ct);
        await tx.CommitAsync(ct);
        actors.Forget(account.Id);
        tell(account.Id);
        return await actors.Find(account.Id, ct) is { } access ? access : NoWayIn;
    }
}
