namespace SupportLive.Core.Assignment;

/// <summary>Somebody who works on tickets, as colleagues see it.</summary>
/// <param name="Presence">Away also while nothing is connected.</param>
/// <param name="Since">Since when the presence is that.</param>
/// <param name="Load">The weights of the own tickets in progress; silent ones count half.</param>
/// <param name="Capacity">Automatic assignment stops before the load would pass it.</param>
/// <param name="Conversations">How many tickets are in progress.</param>
/// <param name="Reason"><c>ignored_offers</c> when that made the agent away; <c>not_connected</c>.</param>
public sealed record AgentView(
    Guid Id, string DisplayName, AgentStatus Presence, DateTimeOffset? Since, double Load, int Capacity, int Conversations, IReadOnlyList<string> Categories, string? Reason);

/// <summary>One line of "who would get this now?".</summary>
/// <param name="Able">Whether automatic assignment would consider this agent.</param>
/// <param name="Reason">Why, or why not, in words.</param>
public sealed record WhoView(Guid AgentId, string DisplayName, bool Able, AgentStatus Presence, double Load, int Capacity, int Conversations, string Reason);

/// <summary>Where a ticket stands in the queue.</summary>
/// <param name="Position">1 is next; null when it waits no more.</param>
/// <param name="WaitFromSeconds">From the waits of today; null when there are too few to tell.</param>
/// <param name="Online">How many agents are available now.</param>
public sealed record QueueView(int? Position, int? WaitFromSeconds, int? WaitToSeconds, int Online);
