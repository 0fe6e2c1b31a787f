using System.Globalization;
using System.Text.RegularExpressions;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Escalation;

/// <summary>When the desk is staffed, as managers write it down.</summary>
/// <param name="TimeZone">An IANA name such as <c>Europe/Lisbon</c>.</param>
/// <param name="Week">Per day (<c>mon</c> to <c>sun</c>) the open intervals, each from and to as <c>HH:mm</c>; <c>24:00</c> is the end of the day.</param>
/// <param name="Holidays">Closed days, as <c>yyyy-MM-dd</c>.</param>
public sealed partial record BusinessHours(string? TimeZone, IReadOnlyDictionary<string, string[][]>? Week, IReadOnlyList<string>? Holidays)
{
    public static SettingKey<BusinessHours> Key { get; } = new("business-hours", new("UTC", Days.Take(5).ToDictionary(day => day, _ => new[] { new[] { "09:00", "17:00" } }), []));

    private const int MostIntervals = 12;
    private const int MostHolidays = 1000;

    /// <summary>Monday first.</summary>
    public static IReadOnlyList<string> Days => ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    [GeneratedRegex(@"^[A-Za-z0-9_+\-/]{1,64}$")]
    private static partial Regex ZoneName();

    public Refusal? Check()
    {
        var check = new Check().That(Zone(TimeZone) is not null, "timeZone", "Choose a time zone by its name, such as Europe/Lisbon.")
            .That((Week ?? Empty).Keys.All(Days.Contains), "week", $"The days of the week are {string.Join(", ", Days)}.")
            .That((Holidays?.Count ?? 0) <= MostHolidays, "holidays", $"There can be at most {MostHolidays} holidays.")
            .That((Holidays ?? []).All(h => Date(h) is not null), "holidays", "A holiday is a day such as 2026-12-25.");
        foreach (var (day, intervals) in Week ?? Empty)
            check.That(Intervals(intervals) is not null, $"week.{day}", "Opening times are from–to pairs such as 09:00–17:00, one after the other, without overlap.");
        return check.Refusal;
    }

    private static readonly Dictionary<string, string[][]> Empty = [];

    private static TimeZoneInfo? Zone(string? name) => name is not null && ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static DateOnly? Date(string? day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    // Null where they are not opening times.
    private static (TimeSpan From, TimeSpan To)[]? Intervals(string[][]? intervals)
    {
        if (intervals is null || intervals.Length > MostIntervals) return null;
        var parsed = new List<(TimeSpan From, TimeSpan To)>();
        foreach (var interval in intervals)
        {
            if (interval is not [var first, var second] || Clock(first) is not { } from || Clock(second) is not { } to) return null;
            if (from >= to || (parsed.Count > 0 && from < parsed[^1].To)) return null;
            parsed.Add((from, to));
        }

        return [.. parsed];
    }

    private static TimeSpan? Clock(string? text) => text == "24:00" ? TimeSpan.FromDays(1)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;

    /// <summary>For counting; only of hours that have passed <see cref="Check"/>.</summary>
    public BusinessTime Time() => new(
        Zone(TimeZone) ?? TimeZoneInfo.Utc, // a zone that this machine has lost counts as UTC rather than stopping every deadline
        (Week ?? Empty).ToDictionary(day => DayOf(day.Key), day => Intervals(day.Value)!),
        (Holidays ?? []).Select(h => Date(h)!.Value));

    private static DayOfWeek DayOf(string day) => (DayOfWeek)((Days.ToList().IndexOf(day) + 1) % 7);
}
