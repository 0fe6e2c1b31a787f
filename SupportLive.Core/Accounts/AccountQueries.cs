using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>Reads accounts for those who manage them, and colleagues for colleagues.</summary>
public sealed class AccountQueries(IDbContextFactory<SupportDb> dbs)
{
    private const int PageSize = 50;

    /// <summary>One page by id, which is the order in which they came. <paramref name="text"/> is part of a name or an address, at most 100 characters.</summary>
    /// <param name="role">The name of a role; null or empty: all.</param>
    /// <param name="after">The id that the last page ended with.</param>
    public async Task<Outcome<IReadOnlyList<UserView>>> Page(Actor actor, string? role, string? text, Guid? after, CancellationToken ct)
    {
        if (!actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var roles = await db.Roles.Select(r => r.Name!).OrderBy(n => n).ToListAsync(ct);
        var check = new Check().That(string.IsNullOrEmpty(role) || roles.Contains(role), "role", "Choose role out of: " + string.Join(", ", roles) + ".")
            .Text("q", "The search text", text, 0, 100);
        if (check.Refusal is { } refusal) return refusal;

        IQueryable<Account> accounts = db.Users;
        if (after is { } last) accounts = accounts.Where(a => a.Id > last);
        // As the index of letters has it (the migration), where there is one.
        if (text?.Trim() is { Length: > 0 } part && "%" + Escaped(part) + "%" is var like) accounts = accounts.Where(a => EF.Functions.ILike(a.Email!, like) || EF.Functions.ILike(a.DisplayName, like));
        if (!string.IsNullOrEmpty(role)) accounts = accounts.Where(a => db.UserRoles.Any(ur => ur.UserId == a.Id && db.Roles.Any(r => r.Id == ur.RoleId && r.Name == role)));
        return await Views(db, accounts.OrderBy(a => a.Id).Take(PageSize)).ToListAsync(ct);
    }

    private static string Escaped(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static IQueryable<UserView> Views(SupportDb db, IQueryable<Account> accounts) => accounts.AsNoTracking().Select(a => new UserView(
        a.Id, a.Email!, a.DisplayName, db.UserRoles.Where(ur => ur.UserId == a.Id).Join(db.Roles, ur => ur.RoleId, r => r.Id, (_, r) => r.Name!).OrderBy(n => n).ToList(),
        a.DisabledAt != null, a.CreatedAt, a.PasswordHash == null, a.LastSeenAt));

    /// <summary>A page this long may have another behind it.</summary>
    public static bool IsFull(IReadOnlyList<UserView> page) => page.Count == PageSize;

    /// <summary>Everybody who works here and is not disabled, by name. For the staff: customers are not told who works here.</summary>
    public async Task<Outcome<IReadOnlyList<ColleagueView>>> Colleagues(Actor actor, CancellationToken ct)
    {
        if (!actor.IsStaff) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Database.SqlQuery<ColleagueView>(
            $"""
            select a.id as "Id", a.display_name as "DisplayName", bool_or(c.claim_value = {Permissions.ChatsRead}) as "ReadsEveryChat"
            from account_roles ur
              join role_claims c on c.role_id = ur.role_id and c.claim_type = {Permissions.ClaimType} and c.claim_value in ({Permissions.TicketsRead}, {Permissions.ChatsRead})
              join accounts a on a.id = ur.user_id and a.disabled_at is null
            group by a.id having bool_or(c.claim_value = {Permissions.TicketsRead})
            order by a.display_name, a.id
            """).ToListAsync(ct);
    }

    public async Task<Outcome<UserView>> Find(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Views(db, db.Users.Where(a => a.Id == id)).SingleOrDefaultAsync(ct) is { } user ? user : Refusal.NotFound("account");
    }
}
