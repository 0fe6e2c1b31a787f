namespace SupportLive.Core.Live;

/// <summary>
/// One row of the log: a message, a note or a lifecycle event of a ticket. Append-only; the only record of what happened.
/// The key is (ticket, feed, seq); seq has no holes because it is taken under the ticket's row lock.
/// </summary>
public sealed class TimelineEntry
{
    public required Guid TicketId { get; init; }

    public required Feed Feed { get; init; }

    public required int Seq { get; init; }

    public required Guid Id { get; init; }

    /// <summary>A wire name: message, note, or that of a lifecycle event.</summary>
    public required string Kind { get; init; }

    public Guid? AuthorId { get; init; }

    /// <summary>The author's role when this was written.</summary>
    public string? AuthorRole { get; init; }

    /// <summary>Chosen by the client, unique per ticket and author: what makes a retry have one effect.</summary>
    public string? ClientId { get; init; }

    public string? Body { get; init; }

    /// <summary>Details of a lifecycle event, as JSON.</summary>
    public string? Data { get; init; }

    /// <summary>For rows of the staff feed: the public seq that they follow, which is where they are shown.</summary>
    public int? After { get; init; }

    /// <summary>From the database's clock, so that times of different nodes compare.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>The node that wrote it and has therefore published it already.</summary>
    public required Guid Node { get; init; }

    /// <summary>The writing transaction; what followers' cursors count by.</summary>
    public ulong Tx { get; init; }
}

/// <summary>Public: customer and staff. Staff: notes and what only staff may know; numbered apart, so that gaps tell a customer nothing.</summary>
public enum Feed { Public = 0, Staff = 1 }
