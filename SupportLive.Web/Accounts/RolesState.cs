using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>The grid of roles while somebody changes it: what was touched stays until it is saved, everything else follows what others save.</summary>
public sealed class RolesState
{
    private readonly Dictionary<string, (HashSet<string> Wanted, int Version)> touched = new(StringComparer.Ordinal);

    public IReadOnlyList<RoleView> Roles { get; private set; } = [];

    public IEnumerable<string> Touched => touched.Keys;

    public bool HasChanges => touched.Count > 0;

    public void Load(IReadOnlyList<RoleView> roles)
    {
        Roles = roles;
        foreach (var gone in touched.Keys.Except(roles.Select(r => r.Name), StringComparer.Ordinal).ToList()) touched.Remove(gone);
        foreach (var role in roles) Settle(role);
    }

    public bool Allows(RoleView role, string permission) => touched.TryGetValue(role.Name, out var mine) ? mine.Wanted.Contains(permission) : role.Permissions.Contains(permission);

    /// <summary>What only staff can do brings the sight of the tickets with it, and goes with it.</summary>
    public void Toggle(RoleView role, string permission)
    {
        var (wanted, _) = touched.TryGetValue(role.Name, out var mine) ? mine : touched[role.Name] = (role.Permissions.ToHashSet(StringComparer.Ordinal), role.Version);
        if (!wanted.Remove(permission))
        {
            wanted.Add(permission);
            if (Permissions.OfStaff.Contains(permission)) wanted.Add(Permissions.TicketsRead);
        }
        else if (permission == Permissions.TicketsRead)
        {
            wanted.ExceptWith(Permissions.OfStaff);
        }

        Settle(role);
    }

    private void Settle(RoleView role)
    {
        if (touched.TryGetValue(role.Name, out var mine) && mine.Wanted.SetEquals(role.Permissions)) touched.Remove(role.Name);
    }

    /// <summary>What is to be saved of a role, and the version that it was decided on.</summary>
    public (IReadOnlyCollection<string> Permissions, int Version) Change(string role) => (touched[role].Wanted, touched[role].Version);

    /// <summary>The role as it stands is what counts.</summary>
    public void Forget(string role) => touched.Remove(role);

    public void Undo() => touched.Clear();
}
