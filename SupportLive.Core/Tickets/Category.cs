namespace SupportLive.Core.Tickets;

/// <summary>What a ticket is about. The key is for programs and never changes, the name is for people.</summary>
public sealed class Category
{
    public required string Key { get; init; }

    public required string Name { get; set; }

    public int Position { get; set; }
}
