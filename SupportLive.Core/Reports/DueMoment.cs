namespace SupportLive.Core.Reports;

/// <summary>When something is sent by the clock: a day of a time zone, and the instant at which its hour begins there.</summary>
public readonly record struct DueMoment(DateOnly Day, DateTimeOffset At)
{
    /// <summary>The last one that has come by this moment.</summary>
    public static DueMoment Last(ReportCadence? cadence, int? hour, TimeZoneInfo zone, DateTimeOffset now)
    {
        for (var day = Local(now, zone).AddDays(1); ; day = day.AddDays(-1)) // tomorrow's too: a skipped hour may end behind midnight
            if (Falls(day, cadence) && Of(day, hour ?? 0, zone) is var due && due.At <= now) return due;
    }

    /// <summary>The first one that is still to come.</summary>
    public static DueMoment Next(ReportCadence? cadence, int? hour, TimeZoneInfo zone, DateTimeOffset now)
    {
        for (var day = Local(now, zone).AddDays(-1); ; day = day.AddDays(1))
            if (Falls(day, cadence) && Of(day, hour ?? 0, zone) is var due && due.At > now) return due;
    }

    private static DateOnly Local(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static bool Falls(DateOnly day, ReportCadence? cadence) => cadence switch
    {
        ReportCadence.Weekly => day.DayOfWeek == DayOfWeek.Monday,
        ReportCadence.Monthly => day.Day == 1,
        _ => true,
    };

    // An hour that the clocks skip is the next that they show; of one that they show twice the first counts.
    private static DueMoment Of(DateOnly day, int hour, TimeZoneInfo zone)
    {
        var at = day.ToDateTime(new TimeOnly(hour, 0));
        while (zone.IsInvalidTime(at)) at = at.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(at) ? zone.GetAmbiguousTimeOffsets(at).Max() : zone.GetUtcOffset(at);
        return new(day, new DateTimeOffset(at, offset).ToUniversalTime());
    }
}
