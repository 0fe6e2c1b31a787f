using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>Reads accounts for those who manage them.</summary>
public sealed class AccountQueries(IDbContextFactory<SupportDb> dbs)
{
    private const int PageSize = 50;

    /// <summary>One page by id. <paramref name="text"/> is part of a name or an address, at most 100 characters.</summary>
    /// <param name="after">The id that the last page ended with.</param>
    public async Task<Outcome<IReadOnlyList<UserView>>> Page(Actor actor, string? role, string? text, Guid? after, CancellationToken ct)
    {
        if (!actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        var check = new Check().That(string.IsNullOrEmpty(role) || Roles.All.Contains(role), "role", "Choose role out of: " + string.Join(", ", Roles.All) + ".")
            .Text("q", "The search text", text, 0, 100);
        if (check.Refusal is { } refusal) return refusal;

        await using var db = await dbs.CreateDbContextAsync(ct);
        IQueryable<Account> accounts = db.Users.AsNoTracking();
        if (after is { } last) accounts = accounts.Where(a => a.Id > last);
        if (text?.Trim().ToUpperInvariant() is { Length: > 0 } part) accounts = accounts.Where(a => a.NormalizedEmail!.Contains(part) || EF.Functions.ILike(a.DisplayName, "%" + part + "%"));
        if (!string.IsNullOrEmpty(role)) accounts = accounts.Where(a => db.UserRoles.Any(ur => ur.UserId == a.Id && db.Roles.Any(r => r.Id == ur.RoleId && r.Name == role)));
        return await accounts.OrderBy(a => a.Id).Take(PageSize).Select(a => new UserView(
            a.Id, a.Email!, a.DisplayName, db.UserRoles.Where(ur => ur.UserId == a.Id).Join(db.Roles, ur => ur.RoleId, r => r.Id, (_, r) => r.Name!).ToList(),
            a.DisabledAt != null, a.CreatedAt)).ToListAsync(ct);
    }

    /// <summary>A page this long may have another behind it.</summary>
    public static bool IsFull(IReadOnlyList<UserView> page) => page.Count == PageSize;
}
