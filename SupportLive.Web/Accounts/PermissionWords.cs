using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>What permissions allow, in words for people.</summary>
public static class PermissionWords
{
    /// <summary>In groups, as the grid shows them.</summary>
    public static IReadOnlyList<(string Group, (string Permission, string Words)[] Rows)> Groups { get; } =
    [
        ("Tickets",
        [
            (Permissions.TicketsRead, "See every ticket (staff)"), (Permissions.TicketsWork, "Accept, answer and resolve tickets"), (Permissions.TicketsEdit, "Set priority and tags, merge"),
            (Permissions.TicketsAssign, "Assign and release other people's tickets"), (Permissions.TicketsCloseAny, "Close any ticket"),
        ]),
        ("Conversations", [(Permissions.ChatsRead, "Read every conversation and write notes")]),
        ("Supervision", [(Permissions.OverviewRead, "See the live overview"), (Permissions.ReportsRead, "See and export reports")]),
        ("Administration",
        [
            (Permissions.UsersManage, "Invite, change and disable people"), (Permissions.RolesManage, "Change what roles allow"), (Permissions.SettingsManage, "Change settings and rules"),
            (Permissions.SystemRead, "See the state of the system"), (Permissions.AuditRead, "Read and export the audit log"),
        ]),
    ];

    private static readonly Dictionary<string, string> Words = Groups.SelectMany(g => g.Rows).ToDictionary(r => r.Permission, r => r.Words, StringComparer.Ordinal);

    /// <summary>What somebody with the role may do, in a line.</summary>
    public static string Of(RoleView role) => role.Name switch
    {
        Roles.Admin => "everything",
        Roles.Customer => "own tickets",
        _ when role.Permissions.Count > 3 => $"{role.Permissions.Count} permissions",
        _ => string.Join(", ", role.Permissions.Select(p => Words.GetValueOrDefault(p, p))),
    };
}
