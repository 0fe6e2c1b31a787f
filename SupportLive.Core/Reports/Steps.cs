namespace SupportLive.Core.Reports;

/// <summary>Days put together into as many bars as a chart can show: days up to two months, weeks up to a year, then months.</summary>
public sealed record Step(DateOnly From, DateOnly To, int Created, int Resolved)
{
    public static IReadOnlyList<Step> Of(IReadOnlyList<DayView> days) =>
        [.. days.GroupBy(d => Start(d.Day, days.Count)).Select(g => new Step(g.First().Day, g.Last().Day, g.Sum(d => d.Created), g.Sum(d => d.Resolved)))];

    /// <summary>What a bar stands for.</summary>
    public static string Name(int days) => days <= 62 ? "day" : days <= 366 ? "week" : "month";

    private static DateOnly Start(DateOnly day, int days) => Name(days) switch
    {
        "day" => day,
        "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        _ => new DateOnly(day.Year, day.Month, 1),
    };

    public string Label => ReportWords.Days(From, To);
}
