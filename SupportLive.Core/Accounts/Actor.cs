using System.Collections.Frozen;

namespace SupportLive.Core.Accounts;

/// <summary>Who acts, and with which rights at this moment. Passed to every action and query; there is no ambient user.</summary>
public sealed record Actor(Guid Id, string DisplayName, string Role, FrozenSet<string> Permissions)
{
    /// <summary>SupportLive itself: rules, timers and automatic assignment. May everything; the log names no author.</summary>
    public static Actor SupportLive { get; } = new(Guid.Empty, "SupportLive", "system", Accounts.Permissions.All.ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The network address that this person acts from, for the audit log; null where nobody asks over a network.</summary>
    public string? From { get; init; }

    public bool IsSupportLive => Id == Guid.Empty;

    /// <summary>As others see this one.</summary>
    public PersonView Person => new(Id, DisplayName);

    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>Staff see the desk and every ticket; everyone else sees own tickets only.</summary>
    public bool IsStaff => May(Accounts.Permissions.TicketsRead);

    public bool ReadsEveryChat => May(Accounts.Permissions.ChatsRead);
}
