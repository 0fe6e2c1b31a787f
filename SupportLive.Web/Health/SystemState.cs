using SupportLive.Core.Health;
using SupportLive.Core.Live;

namespace SupportLive.Web.Health;

/// <summary>What the system page shows, of all nodes together where they can be added up.</summary>
public sealed class SystemState
{
    public SystemView? View { get; private set; }

    public void Load(SystemView view) => View = view;

    /// <summary>Whether this was news; one that was read earlier than what is shown is none.</summary>
    public bool Apply(LiveEvent happened)
    {
        if (happened is not SystemLooked looked || looked.View.At < View?.At) return false;
        View = looked.View;
        return true;
    }

    public NodeView? Here => View?.Nodes.FirstOrDefault(n => n.Id == View.Node);

    public IReadOnlyList<ConnectionCount> Connections =>
    [
        .. (View?.Nodes ?? []).SelectMany(n => n.Connections).GroupBy(c => (c.Role, c.Transport)).Select(g => new ConnectionCount(g.Key.Role, g.Key.Transport, g.Sum(c => c.Count)))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Role, StringComparer.Ordinal),
    ];

    public int Circuits => View?.Nodes.Sum(n => n.Circuits) ?? 0;

    public double MessagesPerSecond => View?.Nodes.Sum(n => n.MessagesPerSecond) ?? 0;

    /// <summary>Of the node where it is slowest; null while nothing is pushed.</summary>
    public NodeView? SlowestPush => View?.Nodes.Where(n => n.PushP99Ms is not null).MaxBy(n => n.PushP99Ms);

    public VerdictState Worst => View?.Checks.Select(c => c.State).DefaultIfEmpty().Max() ?? VerdictState.Ok;

    public int Troubles => View?.Checks.Count(c => c.State != VerdictState.Ok) ?? 0;
}
