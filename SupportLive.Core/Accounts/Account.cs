using Microsoft.AspNetCore.Identity;

namespace SupportLive.Core.Accounts;

/// <summary>A person who can log in: customer or staff. Password, lock-out and security stamp are Identity's.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Set while the account may not be used.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Moved by every change of rights; nodes watch it so that open connections end in time even when a signal is lost.</summary>
    public DateTimeOffset AccessChangedAt { get; set; }

    /// <summary>When the person was last here by whatever door, to about a minute; null: never.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>A named set of permissions, which are its claims of type <see cref="Permissions.ClaimType"/>.</summary>
public sealed class Role : IdentityRole<Guid>
{
    /// <summary>Moved by every change, so that two people cannot overwrite each other unseen.</summary>
    public int Version { get; set; } = 1;
}
