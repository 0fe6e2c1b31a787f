using SupportLive.Core.Live;

namespace SupportLive.Core.Assignment;

/// <summary>An agent's presence, load or capacity is another than before. Each node tells its own watchers, from what it has read itself.</summary>
public sealed record PresenceChanged(AgentView Agent) : LiveEvent(Wire.Presence)
{
    public override IEnumerable<Topic> Topics => [Topic.Staff, Topic.Wall];

    protected override object Body => new
    {
        accountId = Agent.Id,
        status = Agent.Presence,
        Agent.Since,
        Agent.Load,
        Agent.Capacity,
        Agent.Conversations,
        Agent.Reason,
    };
}

/// <summary>Something about agents changed that every node should read again; without content.</summary>
public sealed record AgentsChanged() : LiveEvent(Wire.AgentsChanged)
{
    public override IEnumerable<Topic> Topics => [Topic.Agents];
}

/// <summary>The queue is another than before; for those who wait in it. Says nothing of other people's tickets.</summary>
public sealed record QueueMoved() : LiveEvent(Wire.QueueMoved)
{
    public override IEnumerable<Topic> Topics => [Topic.Queue];
}
