namespace SupportLive.Core.Accounts;

/// <summary>The four built-in roles and what they may do on a new installation.</summary>
public static class Roles
{
    public const string Customer = "customer";
    public const string Agent = "agent";
    public const string Manager = "manager";
    public const string Admin = "admin";

    /// <summary>Weakest first: a person with several roles is shown with the strongest.</summary>
    public static IReadOnlyList<string> All { get; } = [Customer, Agent, Manager, Admin];

    public static IReadOnlyDictionary<string, string[]> Grants { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Customer] = [],
        [Agent] = [Permissions.TicketsRead, Permissions.TicketsWork, Permissions.TicketsEdit, Permissions.ChatsRead],
        [Manager] = [.. ManagerGrants],
        [Admin] = [.. ManagerGrants, Permissions.RolesManage, Permissions.SystemRead, Permissions.AuditRead],
    };

    private static string[] ManagerGrants =>
    [
        Permissions.TicketsRead, Permissions.TicketsWork, Permissions.TicketsEdit, Permissions.TicketsAssign, Permissions.TicketsCloseAny,
        Permissions.ChatsRead, Permissions.OverviewRead, Permissions.ReportsRead, Permissions.UsersManage, Permissions.SettingsManage,
    ];
}
