using System.Text.Json.Serialization;
using SupportLive.Core.Accounts;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>Everything that the reports page shows; the answer of <c>GET /api/reports/summary</c>. All figures are from one moment and agree with each other.</summary>
/// <param name="From">The first instant of the period.</param>
/// <param name="To">The first instant behind it.</param>
/// <param name="TimeZone">On whose clocks days and hours are counted.</param>
/// <param name="ByStatus">The tickets opened in the period, by their status now; the sum is the volume.</param>
/// <param name="StatusNow">All tickets, whenever they were opened, by their status now.</param>
/// <param name="StatusPerDay">How many stood open, in progress and solved at the end of each day.</param>
/// <param name="PerDay">Opened and solved on each day. A ticket is solved on the day of its last solving in the period; the sums are volume and resolved.</param>
/// <param name="Backlog">Tickets that are open or in progress now, by their age.</param>
/// <param name="PerAgent">Whoever handled or holds a ticket of the period.</param>
/// <param name="Heat">Opened per hour of the week, where there were any.</param>
/// <param name="Before">The same figures for as long a time directly before.</param>
/// <param name="At">When all of this was true.</param>
public sealed record SummaryView(
    DateTimeOffset From, DateTimeOffset To, string TimeZone, [property: JsonIgnore] Figures Now, IReadOnlyDictionary<TicketStatus, int> ByStatus,
    IReadOnlyDictionary<TicketStatus, int> StatusNow, IReadOnlyList<StandingView> StatusPerDay, IReadOnlyList<DayView> PerDay, IReadOnlyList<AgeView> Backlog,
    IReadOnlyList<AgentFigures> PerAgent, IReadOnlyList<CategoryFigures> PerCategory, IReadOnlyList<PriorityFigures> PerPriority, IReadOnlyList<HeatView> Heat, BeforeView Before, DateTimeOffset At)
{
    public int Volume => Now.Volume;

    public int Resolved => Now.Resolved;

    public int Reopened => Now.Reopened;

    public int Rejected => Now.Rejected;

    public int Escalated => Now.Escalated;

    public Spread FirstResponseSeconds => Now.FirstResponseSeconds;

    public Spread ResolutionSeconds => Now.ResolutionSeconds;

    public RatingView Rating => Now.Rating;

    public DeadlineView Deadline => Now.Deadline;
}

/// <summary>The tiles.</summary>
/// <param name="Volume">Tickets opened in the period.</param>
/// <param name="FirstResponseSeconds">From opening to the first message of a colleague, tickets opened in the period.</param>
/// <param name="ResolutionSeconds">From opening to the last solving in the period, tickets solved in the period.</param>
/// <param name="Resolved">Tickets solved in the period, each once.</param>
/// <param name="Reopened">Tickets reopened in the period, each once.</param>
/// <param name="Rejected">Tickets rejected in the period.</param>
/// <param name="Escalated">Tickets escalated in the period, each once.</param>
/// <param name="Rating">Ratings of tickets opened in the period.</param>
/// <param name="Deadline">Targets of tickets opened in the period.</param>
public sealed record Figures(int Volume, Spread FirstResponseSeconds, Spread ResolutionSeconds, int Resolved, int Reopened, int Rejected, int Escalated, RatingView Rating, DeadlineView Deadline);

/// <summary>Seconds; null where there is no sample. Percentiles are interpolated between the two nearest samples.</summary>
public sealed record Spread(int Count, double? Median, double? P90, double? Average);

/// <summary>One to five stars; the average is null where nobody rated.</summary>
public sealed record RatingView(double? Average, int Count)
{
    internal static RatingView Of(int count, int stars) => new(count == 0 ? null : (double)stars / count, count);
}

/// <summary>How many targets were met and missed.</summary>
/// <param name="Percent">Met of all that are decided, 0–100; null where none is.</param>
public sealed record DeadlineView(double? Percent, int Met, int Missed, TargetCount FirstResponse, TargetCount Resolution)
{
    internal static DeadlineView Of(DeadlineCounts? c)
    {
        var (met, missed) = ((c?.AnswersMet ?? 0) + (c?.SolutionsMet ?? 0), (c?.AnswersMissed ?? 0) + (c?.SolutionsMissed ?? 0));
        return new(met + missed == 0 ? null : 100.0 * met / (met + missed), met, missed, new(c?.AnswersMet ?? 0, c?.AnswersMissed ?? 0), new(c?.SolutionsMet ?? 0, c?.SolutionsMissed ?? 0));
    }
}

public sealed record TargetCount(int Met, int Missed);

public sealed record BeforeView(DateTimeOffset From, DateTimeOffset To, [property: JsonIgnore] Figures Figures)
{
    public int Volume => Figures.Volume;

    public int Resolved => Figures.Resolved;

    public int Reopened => Figures.Reopened;

    public int Rejected => Figures.Rejected;

    public int Escalated => Figures.Escalated;

    public Spread FirstResponseSeconds => Figures.FirstResponseSeconds;

    public Spread ResolutionSeconds => Figures.ResolutionSeconds;

    public RatingView Rating => Figures.Rating;

    public DeadlineView Deadline => Figures.Deadline;
}

public sealed record DayView(DateOnly Day, int Created, int Resolved);

/// <summary>Tickets that stood so at the end of the day, or stand so now on a day that has not ended.</summary>
public sealed record StandingView(DateOnly Day, int Open, int InProgress, int Resolved);

/// <summary>Hours since opening, from and up to (null: and older).</summary>
public sealed record AgeView(int FromHours, int? ToHours, int Open, int InProgress);

/// <param name="Handled">Tickets that the agent took, was given, rejected or solved in the period.</param>
/// <param name="Resolved">Tickets whose last solving in the period was the agent's; <paramref name="ResolutionSeconds"/> is about these.</param>
/// <param name="FirstResponseSeconds">Of the tickets opened in the period that the agent holds.</param>
/// <param name="Rating">Of the same.</param>
/// <param name="ActiveSeconds">Time in the period with at least one conversation in hand: from first taking a ticket to its solution, for whoever holds it now.</param>
public sealed record AgentFigures(PersonView Agent, int Handled, int Resolved, Spread FirstResponseSeconds, Spread ResolutionSeconds, RatingView Rating, double ActiveSeconds);

public sealed record CategoryFigures(string Category, string Name, int Volume, int Resolved, Spread FirstResponseSeconds, Spread ResolutionSeconds, RatingView Rating);

public sealed record PriorityFigures(TicketPriority Priority, int Volume);

/// <param name="Weekday">1 is Monday, 7 is Sunday.</param>
/// <param name="Hour">0–23.</param>
public sealed record HeatView(int Weekday, int Hour, int Created);
