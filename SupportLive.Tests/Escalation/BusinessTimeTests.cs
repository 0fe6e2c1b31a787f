using FsCheck;
using FsCheck.Fluent;
using SupportLive.Core.Escalation;
using Xunit;

namespace SupportLive.Tests.Escalation;

/// <summary>Business time against the plainest model there is: a walk from minute to minute with a look at the local clock.</summary>
public sealed class BusinessTimeTests
{
    private const int Rounds = 300;

    // Half-hour and quarter-hour offsets, clocks set by an hour and by half of one, on both halves of the earth, and a place that skipped a day.
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia"];

    // Days around which some of them set their clocks.
    private static readonly DateOnly[] Weeks = [new(2026, 3, 5), new(2026, 3, 26), new(2026, 4, 2), new(2026, 10, 1), new(2026, 10, 22), new(2026, 10, 29), new(2018, 11, 1), new(2011, 12, 27), new(2026, 6, 15)];

    private static Gen<Case> Cases =>
        from zone in Gen.Elements(Zones)
        from week in Week.ArrayOf(7)
        from first in Gen.Elements(Weeks)
        from holidays in Gen.Choose(-2, 12).ArrayOf(2)
        from start in Gen.Choose(0, 5 * 24 * 60)
        from minutes in Gen.Choose(1, 40 * 60)
        select new Case(TimeZoneInfo.FindSystemTimeZoneById(zone), week, [.. holidays.Where(h => h >= 0).Select(h => first.AddDays(h))], new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(start), minutes);

    // Up to three intervals, at quarter hours, often none, sometimes the whole day.
    private static Gen<(TimeSpan From, TimeSpan To)[]> Week =>
        from cuts in Gen.Choose(0, 96).ArrayOf(6)
        from how in Gen.Choose(0, 5)
        select how switch { 0 => [], 1 => [(TimeSpan.Zero, TimeSpan.FromDays(1))], _ => Intervals(cuts.Distinct().Order().ToArray()) };

    private static (TimeSpan, TimeSpan)[] Intervals(int[] cuts) => [.. cuts.Chunk(2).Where(c => c.Length == 2).Select(c => (TimeSpan.FromMinutes(15 * c[0]), TimeSpan.FromMinutes(15 * c[1])))];

    private sealed record Case(TimeZoneInfo Zone, (TimeSpan From, TimeSpan To)[][] Week, DateOnly[] Holidays, DateTimeOffset Start, int Minutes)
    {
        public BusinessTime Time { get; } = new(Zone, Week.Select((day, n) => ((DayOfWeek)n, day)).ToDictionary(), Holidays);

        public bool Counts(DateTimeOffset minute)
        {
            var local = TimeZoneInfo.ConvertTime(minute, Zone);
            return !Holidays.Contains(DateOnly.FromDateTime(local.DateTime)) && Week[(int)local.DayOfWeek].Any(open => local.TimeOfDay >= open.From && local.TimeOfDay < open.To);
        }

        public override string ToString() => $"{Zone.Id} from {Start:O}, {Minutes} minutes, closed on {string.Join(' ', Holidays)}, {string.Join(" | ", Week.Select(d => string.Join(' ', d)))}";
    }

    [Fact]
    public void Adding_is_walking_until_so_many_minutes_have_counted() => Hold(c =>
    {
        var (at, counted) = (c.Start, 0);
        for (var end = c.Start.AddDays(30); at < end && counted < c.Minutes; at = at.AddMinutes(1)) counted += c.Counts(at) ? 1 : 0;
        var sum = c.Time.Add(c.Start, TimeSpan.FromMinutes(c.Minutes));
        return counted == c.Minutes ? sum == at : sum is null || sum > at;
    });

    [Fact]
    public void Between_counts_the_minutes_that_count() => Hold(c =>
    {
        var (end, counted) = (c.Start.AddMinutes(3 * c.Minutes), 0);
        for (var at = c.Start; at < end; at = at.AddMinutes(1)) counted += c.Counts(at) ? 1 : 0;
        return c.Time.Between(c.Start, end) == TimeSpan.FromMinutes(counted);
    });

    [Fact]
    public void It_opens_at_the_first_minute_that_counts() => Hold(c =>
    {
        var (at, end) = (c.Start, c.Start.AddDays(30));
        while (at < end && !c.Counts(at)) at = at.AddMinutes(1);
        return at < end ? c.Time.Opens(c.Start) == at : c.Time.Opens(c.Start) is not { } opens || opens >= end;
    });

    [Fact]
    public void What_was_added_lies_between() => Hold(c =>
        c.Time.Add(c.Start.AddSeconds(17), TimeSpan.FromSeconds((60 * c.Minutes) + 0.25)) is not { } end || c.Time.Between(c.Start.AddSeconds(17), end) == TimeSpan.FromSeconds((60 * c.Minutes) + 0.25));

    private static void Hold(Func<Case, bool> law) =>
        Prop.ForAll(Cases.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds));

    [Fact]
    public void A_week_that_never_opens_never_comes()
    {
        Assert.Null(new BusinessTime(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, (TimeSpan, TimeSpan)[]>(), []).Add(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1)));
        Assert.Null(new BusinessTime(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, (TimeSpan, TimeSpan)[]>(), []).Opens(DateTimeOffset.UnixEpoch));
        Assert.Equal(TimeSpan.Zero, new BusinessTime(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, (TimeSpan, TimeSpan)[]>(), []).Between(DateTimeOffset.UnixEpoch, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void Friday_evening_is_followed_by_monday_morning()
    {
        var time = (BusinessHours.Key.Default with { TimeZone = "Europe/Lisbon", Holidays = ["2026-12-28"] }).Time();

        // Friday 18 December 2026, 16:50 in Lisbon, which is on UTC; the next Monday is open, the one after is a holiday.
        Assert.Equal(new DateTimeOffset(2026, 12, 21, 9, 20, 0, TimeSpan.Zero), time.Add(new DateTimeOffset(2026, 12, 18, 16, 50, 0, TimeSpan.Zero), TimeSpan.FromMinutes(30)));
        Assert.Equal(new DateTimeOffset(2026, 12, 29, 9, 20, 0, TimeSpan.Zero), time.Add(new DateTimeOffset(2026, 12, 25, 16, 50, 0, TimeSpan.Zero), TimeSpan.FromMinutes(30)));
    }

    [Theory]
    [InlineData("timeZone", "Mars/Olympus", "09:00", "17:00", "2026-01-01")]
    [InlineData("timeZone", "../../etc/passwd", "09:00", "17:00", "2026-01-01")]
    [InlineData("week.mon", "UTC", "17:00", "09:00", "2026-01-01")]
    [InlineData("week.mon", "UTC", "09:00", "24:01", "2026-01-01")]
    [InlineData("week.mon", "UTC", "9", "17:00", "2026-01-01")]
    [InlineData("holidays", "UTC", "09:00", "17:00", "2026-02-30")]
    public void Hours_that_cannot_be_are_refused_with_the_field(string field, string zone, string from, string to, string holiday) =>
        Assert.Contains(field, new BusinessHours(zone, new Dictionary<string, string[][]> { ["mon"] = [[from, to]] }, [holiday]).Check()!.Fields!.Keys);

    [Fact]
    public void Hours_may_end_at_midnight_and_may_not_overlap()
    {
        Assert.Null(new BusinessHours("UTC", new Dictionary<string, string[][]> { ["sun"] = [["00:00", "24:00"]] }, []).Check());
        Assert.NotNull(new BusinessHours("UTC", new Dictionary<string, string[][]> { ["sun"] = [["08:00", "12:00"], ["11:00", "13:00"]] }, []).Check());
        Assert.NotNull(new BusinessHours("UTC", new Dictionary<string, string[][]> { ["someday"] = [["08:00", "12:00"]] }, []).Check());
    }
}
