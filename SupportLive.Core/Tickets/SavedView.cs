namespace SupportLive.Core.Tickets;

/// <summary>A list that somebody wants to come back to: the words of its address, under a name.</summary>
public sealed class SavedView
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required string Name { get; set; }

    /// <summary>As in the query string of the list of tickets.</summary>
    public required string Query { get; set; }

    /// <summary>Everybody who works here sees it.</summary>
    public bool Shared { get; set; }

    /// <summary>Moved by every change.</summary>
    public int Version { get; set; } = 1;
}

/// <summary>A saved view as staff see it.</summary>
/// <param name="Mine">Whether the reader may change it, as the owner or, if shared, as a manager.</param>
/// <param name="Version">Hand it back with a change, so that a change of somebody else is not overwritten unseen.</param>
public sealed record SavedViewView(Guid Id, string Name, string Query, bool Shared, bool Mine, int Version);
