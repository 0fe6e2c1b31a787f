using SupportLive.Core.Accounts;

namespace SupportLive.Web.Shell;

/// <summary>Where each role belongs: its dashboard, its navigation, and where a ticket opens.</summary>
public static class Places
{
    // What is needed most comes first: what has no room in the bar moves into its menu, from the end on.
    private static readonly IReadOnlyList<Place> Staff =
    [
        new("/admin", "Overview", Permissions.OverviewRead),
        new("/desk", "Desk", Permissions.TicketsRead),
        new("/reports", "Reports", Permissions.ReportsRead),
        new("/admin/users", "People", Permissions.UsersManage),
        new("/admin/escalation", "Escalation", Permissions.SettingsManage),
        new("/admin/settings", "Settings", Permissions.SettingsManage),
        new("/admin/roles", "Roles", Permissions.RolesManage),
        new("/admin/outbox", "Outbox", Permissions.SettingsManage),
        new("/admin/audit", "Audit", Permissions.AuditRead),
        new("/admin/system", "System", Permissions.SystemRead),
    ];

    private static readonly IReadOnlyList<Place> Customers = [new("/tickets", "My tickets", null)];

    public static string Home(Actor actor) => !actor.IsStaff ? "/tickets" : actor.May(Permissions.OverviewRead) ? "/admin" : "/desk";

    public static string Ticket(Actor actor, long number) => $"{Home(actor)}/{number}";

    /// <summary>The navigation of this person, in its order. A role may allow something of the staff to who does not see the tickets, such as the audit log.</summary>
    public static IReadOnlyList<Place> For(Actor actor) => [.. actor.IsStaff ? [] : Customers, .. Staff.Where(place => actor.May(place.Permission!))];
}

/// <param name="Permission">Who may go there; null for everybody with an account.</param>
public sealed record Place(string Path, string Name, string? Permission);
