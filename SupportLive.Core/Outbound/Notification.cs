using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound;

/// <summary>
/// That an account is to be told of a log entry. Holds no text of its own: what is shown is made from the entry. Unread messages of
/// one ticket share one notification.
/// </summary>
public sealed class Notification
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid TicketId { get; init; }

    public required Feed Feed { get; init; }

    /// <summary>The entry; of several messages the newest.</summary>
    public int Seq { get; set; }

    public required string Kind { get; init; }

    /// <summary>How many messages it stands for.</summary>
    public int Count { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset? ReadAt { get; set; }
}

/// <summary>How far a durable follower has read the log; moves in the transaction that stores what it made of it.</summary>
public sealed class FollowerCursor
{
    public required string Name { get; init; }

    public ulong Tx { get; set; }
}
