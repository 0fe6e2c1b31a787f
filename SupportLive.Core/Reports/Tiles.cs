namespace SupportLive.Core.Reports;

/// <summary>One figure with the same one of the period before.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Hint">What exactly, in a sentence.</param>
/// <param name="Value">As written.</param>
/// <param name="More">A second line, such as the 90th percentile.</param>
/// <param name="Before">The value of the period before, as written.</param>
/// <param name="Change">From then to now, in percent; null where there was nothing to compare with.</param>
/// <param name="Good">Whether more is better (true), worse (false), or neither.</param>
/// <param name="Opens">The tickets behind it.</param>
public sealed record Tile(string Name, string Hint, string Value, string More, string Before, double? Change, bool? Good, Counted Opens)
{
    public static IReadOnlyList<Tile> Of(SummaryView s)
    {
        var (now, before) = (s.Now, s.Before.Figures);
        return
        [
            Count("Opened", ReportWords.Volume, now.Volume, before.Volume, null, Counted.Opened),
            Spread("First response", ReportWords.FirstResponse, now.FirstResponseSeconds, before.FirstResponseSeconds, Counted.Answered),
            Spread("Resolution", ReportWords.Resolution, now.ResolutionSeconds, before.ResolutionSeconds, Counted.Resolved),
            Count("Resolved", ReportWords.Resolved, now.Resolved, before.Resolved, true, Counted.Resolved),
            Count("Reopened", ReportWords.Reopened, now.Reopened, before.Reopened, false, Counted.Reopened),
            Count("Rejected", ReportWords.Rejected, now.Rejected, before.Rejected, null, Counted.Rejected),
            Count("Escalated", ReportWords.Escalated, now.Escalated, before.Escalated, false, Counted.Escalated),
            new("Rating", ReportWords.Rating, ReportWords.Stars(now.Rating), $"{ReportWords.Count(now.Rating.Count)} ratings", ReportWords.Stars(before.Rating), Percent(now.Rating.Average, before.Rating.Average), true, Counted.Rated),
            new("Targets met", ReportWords.Deadline, ReportWords.Percent(now.Deadline.Percent), $"{ReportWords.Count(now.Deadline.Missed)} missed", ReportWords.Percent(before.Deadline.Percent), Percent(now.Deadline.Percent, before.Deadline.Percent), true, Counted.Missed),
        ];
    }

    private static Tile Count(string name, string hint, int now, int before, bool? good, Counted opens) =>
        new(name, hint, ReportWords.Count(now), "", ReportWords.Count(before), Percent(now, before), good, opens);

    private static Tile Spread(string name, string hint, Spread now, Spread before, Counted opens) =>
        new(name, hint, ReportWords.Duration(now.Median), $"p90 {ReportWords.Duration(now.P90)}", ReportWords.Duration(before.Median), Percent(now.Median, before.Median), false, opens);

    private static double? Percent(double? now, double? before) => now is { } n && before is { } b && b > 0 ? 100 * (n - b) / b : null;
}
