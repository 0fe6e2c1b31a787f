namespace SupportLive.Core.Assignment;

/// <summary>An agent as assignment sees one, at one moment.</summary>
public sealed record AgentState
{
    public required Guid Id { get; init; }
    public required string DisplayName { get; init; }

    /// <summary>What the agent chose.</summary>
    public AgentStatus Chosen { get; init; }
    public DateTimeOffset? ChosenAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>Whether something is connected, or was just now.</summary>
    public bool Alive { get; init; }
    public DateTimeOffset? AliveSince { get; init; }
    public DateTimeOffset? AliveUntil { get; init; }
    public int Capacity { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The weights of the own tickets in progress; silent ones count half.</summary>
    public double Load { get; init; }

    /// <summary>The weights of what is offered and not answered yet: room that is taken already.</summary>
    public double Offered { get; init; }
    public int Conversations { get; init; }

    /// <summary>When work was last given to the agent; null: never, which is the longest idle of all.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>Of the agent's row: as long as it stands, nothing was given and nothing set since this was read.</summary>
    public int Version { get; init; }

    public AgentStatus Presence => Alive ? Chosen : AgentStatus.Away;

    public double Taken => Load + Offered;

    public AgentView View() => new(Id, DisplayName, Presence, Since, Load, Capacity, Conversations, Categories,
        Chosen == AgentStatus.Away ? Reason : Alive ? null : "not_connected");

    private DateTimeOffset? Since => Alive ? ChosenAt > AliveSince ? ChosenAt : AliveSince : Chosen == AgentStatus.Away ? ChosenAt : AliveUntil ?? ChosenAt;
}
