using SupportLive.Core.Assignment;
using SupportLive.Core.Live;

namespace SupportLive.Web.Assignment;

/// <summary>Everybody who works on tickets. The law: an old list and the events since make the fresh list.</summary>
public sealed class AgentsState
{
    private readonly Dictionary<Guid, AgentView> agents = [];

    public bool IsLoaded { get; private set; }

    /// <summary>Who is here first, then by name.</summary>
    public IReadOnlyList<AgentView> Agents => [.. agents.Values.OrderBy(a => a.Presence).ThenBy(a => a.DisplayName, StringComparer.Ordinal).ThenBy(a => a.Id)];

    public void Load(IReadOnlyList<AgentView> fresh)
    {
        agents.Clear();
        foreach (var agent in fresh) agents[agent.Id] = agent;
        IsLoaded = true;
    }

    public bool Apply(LiveEvent happened)
    {
        if (happened is not PresenceChanged { Agent: var agent }) return false;
        if (agent.Reason == "no_agent") return agents.Remove(agent.Id);
        agents[agent.Id] = agent;
        return true;
    }
}
