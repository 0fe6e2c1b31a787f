namespace SupportLive.Core.Live;

/// <summary>This process among the nodes that share a database. New with every start.</summary>
public sealed record Node(Guid Id)
{
    public Node() : this(Guid.CreateVersion7()) { }
}
