using System.Collections.Frozen;

namespace SupportLive.Core.Escalation;

/// <summary>
/// Time that counts: a week of open intervals on the clocks of one time zone, without holidays. An instant counts when the local clock
/// then shows an open time; so an hour that the clocks skip does not exist, and one that they show twice counts twice.
/// </summary>
public sealed class BusinessTime
{
    /// <summary>Farther ahead nobody plans: a week with one open minute a year is as good as an empty one.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(3660);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TimeZoneInfo zone;
    private readonly (TimeSpan From, TimeSpan To)[][] week;
    private readonly FrozenSet<DateOnly> holidays;

    /// <param name="week">Per day of the week, its open intervals since local midnight: in order, not overlapping, at most 24 hours.</param>
    public BusinessTime(TimeZoneInfo zone, IReadOnlyDictionary<DayOfWeek, (TimeSpan From, TimeSpan To)[]> week, IEnumerable<DateOnly> holidays)
    {
        this.zone = zone;
        this.week = [.. Enum.GetValues<DayOfWeek>().Select(day => week.GetValueOrDefault(day) ?? [])];
        this.holidays = holidays.ToFrozenSet();
    }

    /// <summary>On whose clocks it counts.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>When the day of this instant began on those clocks; where they skip midnight, when they went on.</summary>
    public DateTimeOffset Today(DateTimeOffset at)
    {
        var midnight = TimeZoneInfo.ConvertTime(at, zone).Date;
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>The first instant from then on that counts, which is that one when it does; null when none ever will.</summary>
    public DateTimeOffset? Opens(DateTimeOffset from) => NeverOpens ? null : Stretches(from, from + Horizon).Select(open => (DateTimeOffset?)open.From).FirstOrDefault();

    private bool NeverOpens => Array.TrueForAll(week, day => day.Length == 0);

    /// <summary>The instant at which so much business time has passed since the start; null when that never comes.</summary>
    public DateTimeOffset? Add(DateTimeOffset start, TimeSpan duration)
    {
        if (NeverOpens) return null;
        foreach (var (from, to) in Stretches(start, start + Horizon))
        {
            if (to - from >= duration) return from + duration;
            duration -= to - from;
        }

        return null;
    }

    /// <summary>How much business time lies between two instants; none when the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) =>
        Stretches(from, to).Aggregate(TimeSpan.Zero, (sum, stretch) => sum + (stretch.To - stretch.From));

    /// <summary>The stretches between two instants that count, in order; some of them may touch.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Open(DateTimeOffset from, DateTimeOffset to) => Stretches(from, to);

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Stretches(DateTimeOffset start, DateTimeOffset end)
    {
        foreach (var (from, to, offset) in SteadyPieces(start.ToUniversalTime(), end.ToUniversalTime()))
        {
            var last = (to + offset - TimeSpan.FromTicks(1)).UtcDateTime;
            for (var day = DateOnly.FromDateTime((from + offset).UtcDateTime); day <= DateOnly.FromDateTime(last); day = day.AddDays(1))
            {
                if (holidays.Contains(day)) continue;
                var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - offset;
                foreach (var open in week[(int)day.DayOfWeek])
                {
                    var (a, b) = (Later(from, midnight + open.From), Earlier(to, midnight + open.To));
                    if (a < b) yield return (a, b);
                }
            }
        }
    }

    // Pieces of at most a day in which the clocks are not set, so that local time is UTC plus one number.
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To, TimeSpan Offset)> SteadyPieces(DateTimeOffset start, DateTimeOffset end)
    {
        for (var from = start; from < end;)
        {
            var offset = zone.GetUtcOffset(from);
            var to = Earlier(end, from + Day);
            if (zone.GetUtcOffset(to) != offset) to = Change(from, to, offset);
            yield return (from, to, offset);
            from = to;
        }
    }

    private DateTimeOffset Change(DateTimeOffset before, DateTimeOffset after, TimeSpan offset)
    {
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + ((after - before) / 2);
            if (zone.GetUtcOffset(middle) == offset) before = middle;
            else after = middle;
        }

        return after;
    }

    private static DateTimeOffset Later(DateTimeOffset x, DateTimeOffset y) => x > y ? x : y;

    private static DateTimeOffset Earlier(DateTimeOffset x, DateTimeOffset y) => x < y ? x : y;
}
