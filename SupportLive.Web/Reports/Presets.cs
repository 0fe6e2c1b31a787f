namespace SupportLive.Web.Reports;

/// <summary>Periods that people ask for by name.</summary>
public sealed record Preset(string Key, string Name, DateOnly From, DateOnly To)
{
    public static IReadOnlyList<Preset> Of(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return
        [
            new("today", "Today", today, today),
            new("yesterday", "Yesterday", today.AddDays(-1), today.AddDays(-1)),
            new("7", "Last 7 days", today.AddDays(-6), today),
            new("30", "Last 30 days", today.AddDays(-29), today),
            new("month", "This month", month, today),
            new("last-month", "Last month", month.AddMonths(-1), month.AddDays(-1)),
            new("year", "This year", new DateOnly(today.Year, 1, 1), today),
        ];
    }
}
