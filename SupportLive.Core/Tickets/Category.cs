namespace SupportLive.Core.Tickets;

/// <summary>What a ticket is about. The key is for programs and never changes, the name is for people.</summary>
public sealed class Category
{
    public required string Key { get; init; }

    public required string Name { get; set; }

    public int Position { get; set; }

    /// <summary>Not offered for new tickets any more; those that have it keep it.</summary>
    public bool Retired { get; set; }

    /// <summary>Moved by every change.</summary>
    public int Version { get; set; } = 1;
}
