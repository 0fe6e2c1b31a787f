using System.Globalization;
using System.Text.RegularExpressions;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Reports;

/// <summary>What a report is about: an interval of time, cut into the local days of a time zone.</summary>
/// <param name="From">The first instant of it.</param>
/// <param name="To">The first instant behind it.</param>
/// <param name="Zone">On whose clocks days and hours are counted.</param>
public sealed partial record ReportPeriod(DateTimeOffset From, DateTimeOffset To, TimeZoneInfo Zone)
{
    public const int MostYears = 5;

    /// <summary>Days of the period that is shown where nobody chose one, today included.</summary>
    public const int UsualDays = 30;

    [GeneratedRegex(@"^[A-Za-z0-9_+\-/]{1,64}$")]
    private static partial Regex ZoneName();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Day();

    /// <summary>
    /// A period as people and programs ask for it. <paramref name="from"/> and <paramref name="to"/> are days (<c>2026-11-21</c>, the last one included) or
    /// instants (ISO 8601, the last one not included); missing ones make it the last thirty days, today included. Refused, field by field: what is
    /// neither, an end that is not behind the beginning, more than five years, an unknown time zone.
    /// </summary>
    public static Outcome<ReportPeriod> Parse(string? from, string? to, string? timeZone, DateTimeOffset now)
    {
        var zone = Find(timeZone);
        var counted = zone ?? TimeZoneInfo.Utc;
        var (first, last) = (Moment(from, counted, 0), Moment(to, counted, 1));
        var check = new Check().That(zone is not null, "timeZone", "Choose a time zone by its name, such as Europe/Lisbon.")
            .That(string.IsNullOrEmpty(from) || first is not null, "from", "The beginning is a day such as 2026-11-01 or a time such as 2026-11-01T08:00:00Z, between 1970 and 2199.")
            .That(string.IsNullOrEmpty(to) || last is not null, "to", "The end is a day such as 2026-11-30 or a time such as 2026-11-30T18:00:00Z, between 1970 and 2199.");
        if (check.Refusal is { } unreadable) return unreadable;

        var end = last ?? Beginning(Local(now, counted).AddDays(1), counted);
        var start = first ?? Beginning(Local(end.AddTicks(-1), counted).AddDays(1 - UsualDays), counted);
        check.That(start < end, "to", "The end must be behind the beginning.")
            .That(end <= start.AddYears(MostYears).AddDays(1), "from", $"A report covers at most {MostYears} years; choose a later beginning or an earlier end.");
        return check.Refusal is { } refusal ? refusal : new ReportPeriod(start, end, counted);
    }

    private static TimeZoneInfo? Find(string? name) =>
        string.IsNullOrEmpty(name) ? TimeZoneInfo.Utc : ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static DateTimeOffset? Moment(string? text, TimeZoneInfo zone, int more)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Day().IsMatch(text))
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and < 2200 ? Beginning(day.AddDays(more), zone) : null;
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.UtcDateTime.Year is >= 1970 and < 2200
            ? at.ToUniversalTime() : null;
    }

    /// <summary>The first instant of a local day: midnight, or the end of the hour that the clocks skip there.</summary>
    public static DateTimeOffset Beginning(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    private static DateOnly Local(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The first and the last local day.</summary>
    public (DateOnly First, DateOnly Last) Dates => (Local(From, Zone), Local(To.AddTicks(-1), Zone));

    /// <summary>The local days of the period, the first and the last one perhaps not whole, each with its first instant.</summary>
    public IReadOnlyList<(DateOnly Date, DateTimeOffset From)> Days
    {
        get
        {
            var (first, last) = Dates;
            return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(n => first.AddDays(n)).Select(day => (day, Beginning(day, Zone) is var at && at < From ? From : at))];
        }
    }

    /// <summary>As many days directly before, or, where it is not made of whole days, as much time.</summary>
    public ReportPeriod Before
    {
        get
        {
            var (first, last) = Dates;
            return Beginning(first, Zone) == From && Beginning(last.AddDays(1), Zone) == To
                ? new(Beginning(first.AddDays(first.DayNumber - last.DayNumber - 1), Zone), From, Zone)
                : new(From - (To - From), From, Zone);
        }
    }

    // The one of a record would write down the period before, and the one before that.
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:O}/{To:O} {Zone.Id}");

    /// <summary>What the clocks are ahead of UTC by, in seconds, from each instant on; the first one counts from the beginning.</summary>
    public IReadOnlyList<(DateTimeOffset From, int Seconds)> Offsets
    {
        get
        {
            var offsets = new List<(DateTimeOffset, int)> { (From, Seconds(From)) };
            for (var at = From; at < To; at += TimeSpan.FromHours(12))
            {
                var next = at + TimeSpan.FromHours(12);
                if (Seconds(next) != Seconds(at)) offsets.Add((Change(at, next), Seconds(next)));
            }

            return offsets;
        }
    }

    private int Seconds(DateTimeOffset at) => (int)Zone.GetUtcOffset(at).TotalSeconds;

    private DateTimeOffset Change(DateTimeOffset before, DateTimeOffset after)
    {
        var offset = Seconds(before);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + TimeSpan.FromSeconds(Math.Floor((after - before).TotalSeconds / 2));
            if (Seconds(middle) == offset) before = middle;
            else after = middle;
        }

        return after;
    }
}
