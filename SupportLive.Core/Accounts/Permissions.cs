namespace SupportLive.Core.Accounts;

/// <summary>Permissions, named after what they allow. A role has them as claims; <see cref="Actor.May"/> is the one check.</summary>
public static class Permissions
{
    public const string ClaimType = "permission";

    /// <summary>See every ticket; this is what makes somebody staff.</summary>
    public const string TicketsRead = "tickets.read.any";

    /// <summary>Accept, reject, escalate; resolve and close what one is assigned to.</summary>
    public const string TicketsWork = "tickets.work";
    public const string TicketsEdit = "tickets.edit";

    /// <summary>Assign, release and resolve other people's tickets.</summary>
    public const string TicketsAssign = "tickets.assign";
    public const string TicketsCloseAny = "tickets.close.any";

    /// <summary>Read every conversation and its notes, and write notes.</summary>
    public const string ChatsRead = "chats.read.any";
    public const string OverviewRead = "overview.read";
    public const string ReportsRead = "reports.read";
    public const string UsersManage = "users.manage";
    public const string RolesManage = "roles.manage";
    public const string SettingsManage = "settings.manage";
    public const string SystemRead = "system.read";
    public const string AuditRead = "audit.read";

    public static IReadOnlyList<string> All { get; } =
    [
        TicketsRead, TicketsWork, TicketsEdit, TicketsAssign, TicketsCloseAny, ChatsRead, OverviewRead,
        ReportsRead, UsersManage, RolesManage, SettingsManage, SystemRead, AuditRead,
    ];

    /// <summary>What makes no sense for somebody who does not see the tickets: it needs <see cref="TicketsRead"/> in the same role.</summary>
    public static IReadOnlyList<string> OfStaff { get; } = [TicketsWork, TicketsEdit, TicketsAssign, TicketsCloseAny, ChatsRead, OverviewRead];
}
