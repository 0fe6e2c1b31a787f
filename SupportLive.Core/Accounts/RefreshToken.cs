namespace SupportLive.Core.Accounts;

/// <summary>
/// One link of a chain of refresh tokens (a family = one log-in on one device). Only its hash is stored. A second use
/// of a link means that two parties hold it, so the whole family ends (RFC 9700, section 4.14.2).
/// </summary>
public sealed class RefreshToken
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid Family { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>The account's security stamp when the family began: a changed password or role ends it.</summary>
    public required string Stamp { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
