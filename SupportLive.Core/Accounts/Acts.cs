namespace SupportLive.Core.Accounts;

/// <summary>What the audit log knows. Names are part of the public contract: more may come, none changes.</summary>
public static class Acts
{
    public const string Login = "login";
    public const string LoginFailed = "login_failed";
    public const string LockedOut = "locked_out";
    public const string RefreshTokenReused = "refresh_token_reused";
    public const string LoggedOutEverywhere = "logged_out_everywhere";
    public const string PasswordChanged = "password_changed";
    public const string PasswordAsked = "password_asked";
    public const string AccountRegistered = "account_registered";
    public const string AccountCreated = "account_created";
    public const string AccountInvited = "account_invited";
    public const string InviteAccepted = "invite_accepted";
    public const string AccountDisabled = "account_disabled";
    public const string AccountEnabled = "account_enabled";
    public const string RolesChanged = "roles_changed";
    public const string RoleCreated = "role_created";
    public const string RoleChanged = "role_changed";
    public const string RoleDeleted = "role_deleted";
    public const string AgentChanged = "agent_changed";
    public const string SettingChanged = "setting_changed";
    public const string CategoryAdded = "category_added";
    public const string CategoryChanged = "category_changed";
    public const string RuleCreated = "rule_created";
    public const string RuleChanged = "rule_changed";
    public const string RuleDeleted = "rule_deleted";
    public const string ViewShared = "view_shared";
    public const string ViewChanged = "view_changed";
    public const string ViewDeleted = "view_deleted";
    public const string TicketsDeleted = "tickets_deleted";
    public const string AuditExported = "audit_exported";
    public const string ReportExported = "report_exported";

    public static IReadOnlyList<string> All { get; } =
    [
        Login, LoginFailed, LockedOut, RefreshTokenReused, LoggedOutEverywhere, PasswordChanged, PasswordAsked, AccountRegistered, AccountCreated, AccountInvited, InviteAccepted,
        AccountDisabled, AccountEnabled, RolesChanged, RoleCreated, RoleChanged, RoleDeleted, AgentChanged, SettingChanged, CategoryAdded, CategoryChanged,
        RuleCreated, RuleChanged, RuleDeleted, ViewShared, ViewChanged, ViewDeleted, TicketsDeleted, AuditExported, ReportExported,
    ];
}
