using SupportLive.Core.Reports;
using Xunit;

namespace SupportLive.Tests.Reports;

/// <summary>Days, clocks that are set, and what is no period.</summary>
public sealed class ReportPeriodTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 22, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_choice_it_is_the_last_thirty_days_of_the_readers_clocks()
    {
        var period = ReportPeriod.Parse(null, null, "Asia/Tokyo", Now).Must(); // where it is the 22nd already

        Assert.Equal((new DateOnly(2026, 10, 24), new DateOnly(2026, 11, 22)), period.Dates);
        Assert.Equal(30, period.Days.Count);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 15, 0, 0, TimeSpan.Zero), period.To);
        Assert.Equal((new DateOnly(2026, 9, 24), new DateOnly(2026, 10, 23)), period.Before.Dates);
    }

    [Theory]
    [InlineData("Europe/Lisbon", "2026-03-29", 23)]
    [InlineData("Europe/Lisbon", "2026-10-25", 25)]
    [InlineData("America/Santiago", "2026-09-06", 23)] // where midnight itself is skipped
    [InlineData("UTC", "2026-03-29", 24)]
    public void A_day_is_as_long_as_its_clocks_make_it(string zone, string day, int hours)
    {
        var period = ReportPeriod.Parse(day, day, zone, Now).Must();

        Assert.Equal(hours, (period.To - period.From).TotalHours);
        Assert.Single(period.Days);
    }

    [Fact]
    public void Where_clocks_are_set_the_offsets_say_when()
    {
        var period = ReportPeriod.Parse("2026-10-24", "2026-10-26", "Europe/Lisbon", Now).Must();

        Assert.Equal([(period.From, 3600), (new DateTimeOffset(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), 0)], period.Offsets);
    }

    [Fact]
    public void Instants_are_taken_as_they_are_and_compared_with_as_much_time_before()
    {
        var period = ReportPeriod.Parse("2026-11-20T10:00:00Z", "2026-11-20T13:30:00+01:00", "UTC", Now).Must();

        Assert.Equal(TimeSpan.FromHours(2.5), period.To - period.From);
        Assert.Equal((period.From.AddHours(-2.5), period.From), (period.Before.From, period.Before.To));
    }

    [Theory]
    [InlineData("2026-11-02", "2026-11-01", "UTC", "to")]
    [InlineData("1926-11-01", "2026-11-01", "UTC", "from")]
    [InlineData("2020-11-01", "2026-11-01", "UTC", "from")]
    [InlineData("0001-01-01", "9999-12-31", "UTC", "from")]
    [InlineData("2026-02-30", null, "UTC", "from")]
    [InlineData("yesterday", null, "UTC", "from")]
    [InlineData("2026-11-01", "2026-11-31", "UTC", "to")]
    [InlineData(null, null, "Mars/Olympus_Mons", "timeZone")]
    [InlineData(null, null, "../../etc/passwd", "timeZone")]
    [InlineData(null, null, "UTC'; drop table tickets; --", "timeZone")]
    public void What_is_no_period_is_refused_at_its_field(string? from, string? to, string? zone, string field) =>
        Assert.Contains(field, ReportPeriod.Parse(from, to, zone, Now).Refusal!.Fields!.Keys);

    [Fact]
    public void Five_years_are_a_period() => Assert.Equal(1827, ReportPeriod.Parse("2021-11-21", "2026-11-21", "Europe/Lisbon", Now).Must().Days.Count);
}
