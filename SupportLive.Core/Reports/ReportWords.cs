using System.Globalization;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>How figures are written, on screen and on paper, and what each one means.</summary>
public static class ReportWords
{
    public const string Volume = "Tickets opened in the period.";
    public const string FirstResponse = "From opening to the first message of a colleague; tickets opened in the period.";
    public const string Resolution = "From opening to being resolved for the last time in the period; tickets resolved in the period.";
    public const string Resolved = "Tickets resolved in the period, each once, also when they were reopened later.";
    public const string Reopened = "Tickets reopened in the period, each once.";
    public const string Rejected = "Tickets rejected in the period.";
    public const string Escalated = "Tickets escalated in the period, each once.";
    public const string Rating = "Average of the ratings of tickets opened in the period, 1 to 5.";
    public const string Deadline = "Targets met of all that are decided, first response and resolution together, by the targets as they are now; tickets opened in the period. Opens the tickets that missed one.";
    public const string Handled = "Tickets that the agent took, was given, rejected or resolved in the period.";
    public const string Active = "Time in the period with at least one conversation in hand, from first taking a ticket to its resolution, counted for whoever holds it now.";
    public const string Standing = "At the end of each day: open until first taken, in progress until resolved, resolved until closed.";
    public const string Backlog = "Tickets that are open or in progress now, whenever they were opened, by their age.";
    public const string Heat = "Tickets opened in the period by hour of the week.";

    /// <summary>As people say it, in two units at most: <c>45 s</c>, <c>12 min</c>, <c>3 h 20 min</c>, <c>2 d 4 h</c>; a dash where there is nothing.</summary>
    public static string Duration(double? seconds) => seconds is not { } s ? "–"
        : s < 59.5 ? string.Create(CultureInfo.InvariantCulture, $"{s:0} s")
        : Math.Round(s / 60) is < 60 and var minutes ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
        : Math.Round(s / 60) is < 60 * 24 and var more ? Two((int)more / 60, "h", (int)more % 60, "min")
        : Two((int)Math.Round(s / 3600) / 24, "d", (int)Math.Round(s / 3600) % 24, "h");

    private static string Two(int large, string unit, int small, string part) => small == 0 ? string.Create(CultureInfo.InvariantCulture, $"{large:N0} {unit}") : string.Create(CultureInfo.InvariantCulture, $"{large:N0} {unit} {small} {part}");

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Stars(RatingView rating) => rating.Average is { } average ? average.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    public static string Percent(double? percent) => percent is { } p ? string.Create(CultureInfo.InvariantCulture, $"{Floor(p):0.#} %") : "–";

    // A target that was missed must not round to all of them.
    private static double Floor(double percent) => percent is > 99.9 and < 100 ? 99.9 : percent;

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Days(DateOnly from, DateOnly to) => from == to ? Day(from) : $"{Day(from)} – {Day(to)}";

    public static string Status(TicketStatus status) => status switch { TicketStatus.InProgress => "In progress", _ => status.ToString() };

    public static string Weekday(int weekday) => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)(weekday % 7));

    public static string Age(AgeView age) => age switch { { FromHours: 0 } => "under 1 h", { ToHours: null } => $"over {Hours(age.FromHours)}", _ => $"{Hours(age.FromHours)} to {Hours(age.ToHours.Value)}" };

    private static string Hours(int hours) => hours < 24 ? $"{hours} h" : $"{hours / 24} d";
}
