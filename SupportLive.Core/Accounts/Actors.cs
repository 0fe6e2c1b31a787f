using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;

namespace SupportLive.Core.Accounts;

/// <summary>
/// The rights that an account has now. Remembered for at most <see cref="Memory"/>, and forgotten at once when a
/// change is signalled, so that no door works with rights older than that.
/// </summary>
public sealed class Actors(IDbContextFactory<SupportDb> dbs, TimeProvider time)
{
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<Guid, (Access? Access, long At)> known = new();

    /// <summary>Null when there is no such account, or it is disabled.</summary>
    public async ValueTask<Access?> Find(Guid accountId, CancellationToken ct = default)
    {
        if (known.TryGetValue(accountId, out var entry) && time.GetElapsedTime(entry.At) < Memory) return entry.Access;
        var at = time.GetTimestamp(); // before the read: a change during it must not be remembered as fresh
        var access = await Read(accountId, ct);
        if (known.Count > 100_000) known.Clear();
        known[accountId] = (access, at);
        return access;
    }

    private async Task<Access?> Read(Guid accountId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var found = await db.Users.AsNoTracking()
            .Where(a => a.Id == accountId && a.DisabledAt == null)
            .Select(a => new
            {
                a.DisplayName,
                a.Email,
                a.SecurityStamp,
                Roles = db.UserRoles.Where(ur => ur.UserId == a.Id).Join(db.Roles, ur => ur.RoleId, r => r.Id, (_, r) => r.Name!).ToList(),
            })
            .SingleOrDefaultAsync(ct);
        if (found is null) return null;
        var permissions = await db.UserRoles.Where(ur => ur.UserId == accountId)
            .Join(db.RoleClaims, ur => ur.RoleId, c => c.RoleId, (_, c) => c)
            .Where(c => c.ClaimType == Permissions.ClaimType).Select(c => c.ClaimValue!).Distinct().ToListAsync(ct);
        var actor = new Actor(accountId, found.DisplayName, Roles.Strongest(found.Roles), permissions.ToFrozenSet(StringComparer.Ordinal));
        return new Access(actor, found.Email ?? "", [.. found.Roles], found.SecurityStamp ?? "");
    }

    public void Forget(Guid accountId) => known.TryRemove(accountId, out _);

    /// <summary>What a role allows has changed.</summary>
    public void ForgetAll() => known.Clear();
}

/// <summary>An account that may be used now. The stamp changes with password, roles and "log out everywhere".</summary>
public sealed record Access(Actor Actor, string Email, string[] Roles, string Stamp);
