using System.Globalization;

namespace SupportLive.Core.Escalation;

/// <summary>Business hours in words.</summary>
public static class HoursWords
{
    /// <summary>"Mon–Fri 9:00–12:00 and 13:00–17:00, Sat 10:00–12:00 (Europe/Berlin)"; null when it never opens.</summary>
    public static string? Week(BusinessHours hours)
    {
        var (days, open) = (BusinessHours.Days, BusinessHours.Days.Select(day => Times(hours.Week?.GetValueOrDefault(day))).ToArray());
        var parts = new List<string>();
        for (int first = 0, last; first < days.Count; first = last + 1)
        {
            for (last = first; last + 1 < days.Count && open[last + 1] == open[first]; last++) { }
            if (open[first].Length > 0) parts.Add($"{Capital(days[first])}{(last > first ? $"–{Capital(days[last])}" : "")} {open[first]}");
        }

        return parts.Count == 0 ? null : $"{string.Join(", ", parts)} ({hours.TimeZone})";
    }

    private static string Times(string[][]? open) => string.Join(" and ", (open ?? []).Select(interval => string.Join('–', interval.Select(Short))));

    private static string Short(string time) => time.StartsWith('0') ? time[1..] : time;

    private static string Capital(string day) => char.ToUpperInvariant(day[0]) + day[1..];

    /// <summary>"today from 9:00", "Monday from 9:00", and with its date what is a week away or more; on the clocks of that zone.</summary>
    public static string From(DateTimeOffset opens, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (at, today) = (TimeZoneInfo.ConvertTime(opens, zone).DateTime, TimeZoneInfo.ConvertTime(now, zone).Date);
        var day = (at.Date - today).Days switch { 0 => "today", < 7 => Said(at, "dddd"), _ => Said(at, "dddd d MMMM") };
        return $"{day} from {Said(at, "H:mm")}";
    }

    private static string Said(DateTime at, string format) => at.ToString(format, CultureInfo.InvariantCulture);
}
