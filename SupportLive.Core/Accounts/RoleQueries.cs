using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>Reads roles, for those who manage roles or people.</summary>
public sealed class RoleQueries(IDbContextFactory<SupportDb> dbs)
{
    /// <summary>The built-in ones first, weakest first, then the others by name.</summary>
    public async Task<Outcome<IReadOnlyList<RoleView>>> All(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permissions.RolesManage) && !actor.May(Permissions.UsersManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var roles = await Views(db, db.Roles).ToListAsync(ct);
        return roles.ConvertAll(Sorted).OrderBy(r => r.BuiltIn ? Roles.All.ToList().IndexOf(r.Name) : int.MaxValue).ThenBy(r => r.Name, StringComparer.Ordinal).ToArray();
    }

    private static IQueryable<RoleView> Views(SupportDb db, IQueryable<Role> roles) => roles.AsNoTracking().Select(r => new RoleView(
        r.Name!, db.RoleClaims.Where(c => c.RoleId == r.Id && c.ClaimType == Permissions.ClaimType).Select(c => c.ClaimValue!).ToList(),
        Roles.All.Contains(r.Name), r.Name == Roles.Admin || r.Name == Roles.Customer, db.UserRoles.Count(ur => ur.RoleId == r.Id), r.Version));

    private static RoleView Sorted(RoleView role) => role with { Permissions = [.. role.Permissions.OrderBy(p => Permissions.All.ToList().IndexOf(p))] };

    internal static async Task<RoleView> Find(SupportDb db, string name, CancellationToken ct) => Sorted(await Views(db, db.Roles.Where(r => r.Name == name)).SingleAsync(ct));
}
