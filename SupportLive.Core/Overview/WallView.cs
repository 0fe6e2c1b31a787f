using SupportLive.Core.Chat;
using SupportLive.Core.Live;

namespace SupportLive.Core.Overview;

/// <summary>The desk at one moment, the same for everybody who watches it.</summary>
/// <param name="At">The moment.</param>
/// <param name="Today">When today began, by the clock of the business hours.</param>
/// <param name="Waiting">Tickets that nobody has taken.</param>
/// <param name="LongestSince">Since when the longest of them waits.</param>
/// <param name="AverageSince">The middle of all their beginnings: now minus this is their average wait.</param>
/// <param name="Active">Tickets that somebody works on.</param>
/// <param name="Escalated">Tickets of either kind that are escalated.</param>
/// <param name="Late">Tickets of either kind whose next target is past.</param>
/// <param name="FirstResponse">From opening to the first answer, of tickets first answered today.</param>
/// <param name="Rating">Of ratings given today.</param>
/// <param name="Queues">Where tickets wait, longest first.</param>
/// <param name="Unanswered">Per agent, since when the longest waiting of the agent's customers waits.</param>
/// <param name="Conversations">All that wait or are worked on, and those that ended within the last five minutes; without descriptions, texts cut to a line.</param>
public sealed record WallView(
    DateTimeOffset At, DateTimeOffset Today, int Waiting, DateTimeOffset? LongestSince, DateTimeOffset? AverageSince, int Active, int Escalated, int Late,
    Spread FirstResponse, Rated Rating, IReadOnlyList<WallQueue> Queues, IReadOnlyDictionary<Guid, DateTimeOffset> Unanswered, IReadOnlyList<ChatSnapshot> Conversations);

/// <summary>How long something took; null while there is nothing to tell of.</summary>
/// <param name="Count">How many times it happened.</param>
public sealed record Spread(TimeSpan? Median, TimeSpan? P90, int Count);

/// <param name="Average">1 to 5; null while there is none.</param>
public sealed record Rated(double? Average, int Count);

public sealed record WallQueue(string Category, int Waiting, DateTimeOffset Since);

/// <summary>The wall looks different than before. Made once on each node, for all who watch there.</summary>
public sealed record WallMoved(WallView Wall) : LiveEvent(Wire.WallMoved)
{
    public override IEnumerable<Topic> Topics => [Topic.Wall];
}
