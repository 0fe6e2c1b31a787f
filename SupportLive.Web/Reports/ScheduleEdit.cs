using System.Globalization;
using SupportLive.Core.Reports;

namespace SupportLive.Web.Reports;

/// <summary>A schedule while it is being written.</summary>
public sealed class ScheduleEdit
{
    public string Name { get; set; } = "";
    public ReportCadence Cadence { get; set; } = ReportCadence.Weekly;
    public int? Hour { get; set; } = 8;
    public string Zone { get; set; } = "";
    public string Addresses { get; set; } = "";
    public ReportFormat Format { get; set; } = ReportFormat.Pdf;
    public string Category { get; set; } = "";

    public ReportSchedule Schedule() => new(
        null, Name, Cadence, Hour, Zone, Addresses.Split([',', ';', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Format, Category.Length > 0 ? Category : null);

    public static string Sentence(ReportSchedule s) =>
        $"{s.Format?.ToString().ToUpperInvariant()} {(s.Cadence switch { ReportCadence.Weekly => "every Monday", ReportCadence.Monthly => "on the first of each month", _ => "every day" })} at {s.Hour:00}:00 ({s.TimeZone}) to {string.Join(", ", s.Addresses ?? [])}";

    /// <summary>On the schedule's own clocks, as its hour is.</summary>
    public static string Next(ReportSchedule s, DateTimeOffset now) => $"Next: {TimeZoneInfo.ConvertTime(s.Next(now).At, s.Clocks()).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture)}";
}
