using SupportLive.Core.Live;

namespace SupportLive.Core.Health;

/// <summary>A node lives. Sent every five seconds to all nodes; small, because a NOTIFY takes 8,000 bytes at most.</summary>
public sealed record NodeSeen(NodeView Node) : LiveEvent(Wire.NodeSeen)
{
    public override IEnumerable<Topic> Topics => [Topic.Nodes];
}

/// <summary>Fresh figures for the open system pages of this node.</summary>
public sealed record SystemLooked(SystemView View) : LiveEvent(Wire.SystemLooked)
{
    public override IEnumerable<Topic> Topics => [Topic.System];
}
