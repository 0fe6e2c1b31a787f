using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>Tells every node that what a role allows has changed, once for all its holders; they are found by <see cref="Account.AccessChangedAt"/>.</summary>
public delegate void TellRoleChanged(string role);

/// <summary>Makes, changes and deletes roles. Nobody gives a role what they may not do themselves, or changes one that may do more than they.</summary>
public sealed class RoleActions(IDbContextFactory<SupportDb> dbs, Actors actors, TellRoleChanged tell, TimeProvider time)
{
    /// <summary>
    /// Makes or replaces a role; its holders have the new rights within five seconds, without a new log-in. Refused: invalid (a name that is none, no permission
    /// or an unknown one, a permission for staff without <c>tickets.read.any</c>, fifty own roles), <c>role_fixed</c> for admin and customer,
    /// forbidden, <c>stale_version</c> with the role as it stands.
    /// </summary>
    /// <param name="version">0 for a role that must not exist yet; null: whatever it was.</param>
    public async Task<Outcome<RoleView>> Put(Actor actor, string? name, IReadOnlyCollection<string?>? permissions, int? version, CancellationToken ct)
    {
        if (!actor.May(Permissions.RolesManage)) return Refusal.Forbidden();
        var wanted = (permissions ?? []).Select(p => p ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (Check(name, wanted) is { } refusal) return refusal;
        if (!wanted.All(actor.May)) return Refusal.Forbidden("You cannot grant what you may not do yourself.");

        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        await Locks.TakeRights(db, ct);
        var role = await db.Roles.SingleOrDefaultAsync(r => r.Name == name, ct);
        var before = role is null ? [] : await Granted(db, role.Id, ct);
        if (!before.All(actor.May)) return MoreThanYou;
        if (version is { } known && known != (role?.Version ?? 0)) return await Stale(db, name!, ct);
        if (role is not null && before.SequenceEqual(wanted, StringComparer.Ordinal)) return await RoleQueries.Find(db, name!, ct);
        if (role is null)
        {
            if (await db.Roles.CountAsync(ct) >= Roles.All.Count + Roles.MostOwn) return Refusal.Invalid("name", $"There can be at most {Roles.MostOwn} roles beside the built-in ones; delete one first.");
            role = new Role { Id = Guid.CreateVersion7(), Name = name, NormalizedName = name!.ToUpperInvariant() };
            db.Roles.Add(role);
            Audit.Record(db, actor, Acts.RoleCreated, AuditSubject.Role(name), after: new { permissions = wanted });
        }
        else
        {
            role.Version++;
            Audit.Record(db, actor, Acts.RoleChanged, AuditSubject.Role(name!), new { permissions = before }, new { permissions = wanted });
        }

        await db.RoleClaims.Where(c => c.RoleId == role.Id && c.ClaimType == Permissions.ClaimType && !wanted.Contains(c.ClaimValue!)).ExecuteDeleteAsync(ct);
        db.RoleClaims.AddRange(wanted.Except(before, StringComparer.Ordinal).Select(p => new IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = Permissions.ClaimType, ClaimValue = p }));
        await db.SaveChangesAsync(ct);
        // One statement, however many have it; every node looks for them (AccessWatch), also when it missed the signal.
        var now = time.GetUtcNow();
        await db.Users.Where(a => db.UserRoles.Any(ur => ur.UserId == a.Id && ur.RoleId == role.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.AccessChangedAt, now), ct);
        var view = await RoleQueries.Find(db, name!, ct);
        await tx.CommitAsync(ct);
        actors.ForgetAll();
        tell(name!);
        return view;
    }

    private static Refusal? Check(string? name, string[] wanted)
    {
        if (name is Roles.Admin or Roles.Customer) return Refusal.Conflict("role_fixed", name is Roles.Admin ? "An admin may always do everything; make a role of your own for less." : "Customers see to their own tickets; give people who may do more another role.");
        return new Check()
            .That(Roles.IsName(name), "name", "A role's name has 2 to 40 lower-case letters, digits and hyphens, such as night-shift.")
            .That(wanted.Length > 0, "permissions", "A role allows at least one thing.")
            .That(wanted.All(Permissions.All.Contains), "permissions", "Choose permissions out of: " + string.Join(", ", Permissions.All) + ".")
            .That(wanted.Contains(Permissions.TicketsRead) || !wanted.Any(Permissions.OfStaff.Contains), "permissions", $"{string.Join(", ", wanted.Where(Permissions.OfStaff.Contains))} only makes sense together with {Permissions.TicketsRead}.").Refusal;
    }

    private static readonly Refusal MoreThanYou = Refusal.Forbidden("You can only change roles that allow no more than you may do.");

    private static Task<List<string>> Granted(SupportDb db, Guid role, CancellationToken ct) =>
        db.RoleClaims.Where(c => c.RoleId == role && c.ClaimType == Permissions.ClaimType).Select(c => c.ClaimValue!).OrderBy(p => p).ToListAsync(ct);

    private static async Task<Refusal> Stale(SupportDb db, string name, CancellationToken ct)
    {
        var last = await db.Audit.AsNoTracking().Where(e => e.SubjectKind == "role" && e.SubjectId == name && e.ActorId != null).OrderByDescending(e => e.Id).FirstOrDefaultAsync(ct);
        return Settings.StaleBy(last is null ? null : new Winner(last.ActorId!.Value, last.Actor ?? "")) with { Current = await db.Roles.AnyAsync(r => r.Name == name, ct) ? await RoleQueries.Find(db, name, ct) : null };
    }

    /// <summary>Of one's own, that nobody has. Refused as <c>role_in_use</c> or <c>role_fixed</c> otherwise.</summary>
    public async Task<Outcome<Done>> Delete(Actor actor, string name, CancellationToken ct)
    {
        if (!actor.May(Permissions.RolesManage)) return Refusal.Forbidden();
        if (Roles.IsBuiltIn(name)) return Refusal.Conflict("role_fixed", "The built-in roles stay.");
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        await Locks.TakeRights(db, ct);
        if (await db.Roles.SingleOrDefaultAsync(r => r.Name == name, ct) is not { } role) return Refusal.NotFound("role");
        var before = await Granted(db, role.Id, ct);
        if (!before.All(actor.May)) return MoreThanYou;
        var holders = await db.UserRoles.CountAsync(ur => ur.RoleId == role.Id, ct);
        if (holders > 0) return Refusal.Conflict("role_in_use", holders == 1 ? "One person has this role; give that person another one first." : $"{holders:N0} people have this role; give them another one first.");
        db.Roles.Remove(role);
        Audit.Record(db, actor, Acts.RoleDeleted, AuditSubject.Role(name), before: new { permissions = before });
        await db.SaveChangesAsync(ct);
        await tx.CommitAsync(ct);
        tell(name);
        return new Done();
    }
}
