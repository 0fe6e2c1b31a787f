using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>Tells every node that an account's rights have changed; what telling means is the live room's business.</summary>
public delegate void TellAccessChanged(Guid accountId);

/// <summary>Everything that changes accounts and their rights. Changes of rights are signalled to every node, and all of it is audited.</summary>
public sealed partial class AccountActions(IServiceScopeFactory scopes, Actors actors, TellAccessChanged tell, TellByMail mail, TimeProvider time)
{
    /// <inheritdoc cref="Register(string?, string?, string?, string?, CancellationToken)"/>
    public Task<Outcome<RegisteredView>> Register(string? email, string? password, string? displayName, CancellationToken ct) => Register(email, password, displayName, from: null, ct);

    /// <summary>A new customer. Refused as invalid when a field is wrong, or the e-mail address has an account already.</summary>
    /// <param name="from">The network address, for the audit log.</param>
    public Task<Outcome<RegisteredView>> Register(string? email, string? password, string? displayName, string? from, CancellationToken ct) =>
        Create(email, password, displayName, [Roles.Customer], (db, a) => Audit.Record(db, As(a, from), Acts.AccountRegistered, AuditSubject.Of(a)), View, ct, tellBy: "confirm");

    private static RegisteredView View(Account account) => new(account.Id, account.Email!, account.DisplayName);

    private static Actor As(Account account, string? from) => new(account.Id, account.DisplayName, Roles.Customer, []) { From = from };

    /// <summary>Any role: for the seed and the first administrator; callers check rights before they come here.</summary>
    internal Task<Outcome<RegisteredView>> Create(string? email, string? password, string? displayName, string role, CancellationToken ct) =>
        Create(email, password, displayName, [role], (db, a) => Audit.Record(db, Actor.SupportLive, Acts.AccountCreated, AuditSubject.Of(a), after: new { roles = (string[])[role] }), View, ct);

    /// <param name="password">Null for an account that waits for its invitation to be accepted.</param>
    private async Task<Outcome<T>> Create<T>(string? email, string? password, string? displayName, IReadOnlyCollection<string> roles, Action<SupportDb, Account> record, Func<Account, T> view, CancellationToken ct, bool invited = false, string? tellBy = null)
    {
        var check = new Check().Text("email", "E-mail", email, 3, 254).Text("displayName", "Display name", displayName, 1, 100)
            .That(invited || password is { Length: <= 200 }, "password", "The password is missing or longer than 200 characters.")
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
        if (roles.Any(r => !Roles.IsBuiltIn(r)))
        {
            await Locks.TakeRights(db, ct); // a role of one's own may be deleted in this instant
            if (await db.Roles.CountAsync(r => roles.Contains(r.Name!), ct) < roles.Count) return Refusal.Invalid("roles", "There is no such role any more.");
        }

        try
        {
            var created = invited ? await users.CreateAsync(account) : await users.CreateAsync(account, password!);
            if (!created.Succeeded) return AsRefusal(created);
            await users.AddToRolesAsync(account, roles);
            record(db, account);
            await db.SaveChangesAsync(ct);
            if (tellBy is { } kind) await mail(db, account.Id, kind, "first", null, ct);
            await tx.CommitAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return Taken; // two registrations of one address in the same instant
        }

        return view(account);
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

    /// <inheritdoc cref="LogIn(string?, string?, string?, CancellationToken)"/>
    public Task<Outcome<Access>> LogIn(string? email, string? password, CancellationToken ct) => LogIn(email, password, from: null, ct);

    /// <summary>
    /// Who this is, when the password is right. One refusal for an unknown address, a wrong password, a disabled and a
    /// locked account (five wrong passwords lock for five minutes), so that nobody learns which addresses exist.
    /// </summary>
    /// <param name="from">The network address, for the audit log.</param>
    public async Task<Outcome<Access>> LogIn(string? email, string? password, string? from, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupportDb>();
        if (string.IsNullOrWhiteSpace(email) || string.IsNullOrEmpty(password) || email.Length > 254 || password.Length > 200 || email.Contains('\0', StringComparison.Ordinal))
            return await Failed(db, AuditSubject.Address(email), "unreadable", from, ct);
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await users.FindByEmailAsync(email.Trim());
        if (account?.PasswordHash is null)
        {
            // The same work as for an account with a password: the time of the answer must not tell either.
            users.PasswordHasher.HashPassword(null!, password);
            return account is null
                ? await Failed(db, AuditSubject.Address(email.Trim()), "unknown_address", from, ct)
                : await Failed(db, AuditSubject.Of(account), "not_accepted_yet", from, ct);
        }

        if (await users.IsLockedOutAsync(account)) return await Failed(db, AuditSubject.Of(account), "locked_out", from, ct);
        if (!await users.CheckPasswordAsync(account, password))
        {
            await users.AccessFailedAsync(account);
            if (await users.IsLockedOutAsync(account)) Audit.Record(db, null, Acts.LockedOut, AuditSubject.Of(account), after: new { until = account.LockoutEnd }, from: from);
            return await Failed(db, AuditSubject.Of(account), "wrong_password", from, ct);
        }

        await users.ResetAccessFailedCountAsync(account);
        actors.Forget(account.Id);
        if (await actors.Find(account.Id, ct) is not { } access) return await Failed(db, AuditSubject.Of(account), "disabled", from, ct);
        Audit.Record(db, access.Actor with { From = from }, Acts.Login, AuditSubject.Of(account));
        await db.SaveChangesAsync(ct);
        return access;
    }

    private static async Task<Refusal> Failed(SupportDb db, AuditSubject of, string why, string? from, CancellationToken ct)
    {
        Audit.Record(db, null, Acts.LoginFailed, of, after: new { reason = why }, from: from);
        await db.SaveChangesAsync(ct);
        return WrongPassword;
    }

    private static readonly Refusal WrongPassword = new(RefusalKind.Unauthenticated, "login_failed", "E-mail or password is wrong, or the account cannot be used right now.");
}
