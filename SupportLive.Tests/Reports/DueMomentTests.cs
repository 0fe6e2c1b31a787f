using System.Globalization;
using SupportLive.Core.Reports;
using Xunit;

namespace SupportLive.Tests.Reports;

/// <summary>When what the clock sends is due, and when it is not any more, or not yet.</summary>
public sealed class DueMomentTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static ReportSchedule Schedule(ReportCadence cadence, int hour, string zone, string? since = null) =>
        new(Guid.NewGuid(), "Report", cadence, hour, zone, ["a@b.test"], ReportFormat.Pdf, Since: since is null ? null : At(since));

    [Theory]
    [InlineData(ReportCadence.Daily, "2026-11-21T07:59:59Z", "2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z")]
    [InlineData(ReportCadence.Daily, "2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z", "2026-11-22T08:00:00Z")]
    [InlineData(ReportCadence.Weekly, "2026-11-21T12:00:00Z", "2026-11-16T08:00:00Z", "2026-11-23T08:00:00Z")]
    [InlineData(ReportCadence.Weekly, "2026-11-23T07:00:00Z", "2026-11-16T08:00:00Z", "2026-11-23T08:00:00Z")]
    [InlineData(ReportCadence.Monthly, "2026-11-21T12:00:00Z", "2026-11-01T08:00:00Z", "2026-12-01T08:00:00Z")]
    [InlineData(ReportCadence.Monthly, "2026-12-01T08:00:00Z", "2026-12-01T08:00:00Z", "2027-01-01T08:00:00Z")]
    public void Every_day_on_mondays_and_on_the_first(ReportCadence cadence, string now, string last, string next)
    {
        Assert.Equal(At(last), DueMoment.Last(cadence, 8, TimeZoneInfo.Utc, At(now)).At);
        Assert.Equal(At(next), DueMoment.Next(cadence, 8, TimeZoneInfo.Utc, At(now)).At);
    }

    [Theory]
    [InlineData("Europe/Lisbon", 1, "2026-03-29", "2026-03-29T01:00:00Z")] // clocks go from one to two
    [InlineData("Europe/Lisbon", 1, "2026-10-25", "2026-10-25T00:00:00Z")] // and show one twice
    [InlineData("America/Santiago", 0, "2026-09-06", "2026-09-06T04:00:00Z")] // where midnight itself is skipped
    [InlineData("Asia/Tokyo", 8, "2026-11-23", "2026-11-22T23:00:00Z")]
    [InlineData("America/New_York", 8, "2026-07-06", "2026-07-06T12:00:00Z")]
    public void The_hour_is_that_of_the_zone_and_a_skipped_one_is_the_next_there_is(string zone, int hour, string day, string utc)
    {
        var due = DueMoment.Last(ReportCadence.Daily, hour, TimeZoneInfo.FindSystemTimeZoneById(zone), At(utc));

        Assert.Equal((DateOnly.Parse(day, CultureInfo.InvariantCulture), At(utc)), (due.Day, due.At));
        Assert.True(DueMoment.Last(ReportCadence.Daily, hour, TimeZoneInfo.FindSystemTimeZoneById(zone), At(utc).AddTicks(-1)).At < At(utc));
    }

    [Fact]
    public void A_monday_is_one_on_the_schedules_own_clocks()
    {
        var due = Schedule(ReportCadence.Weekly, 8, "Asia/Tokyo").Due(At("2026-11-22T23:30:00Z"), Day); // a Sunday in UTC

        Assert.Equal(new DateOnly(2026, 11, 23), due!.Value.Day);
        Assert.Equal((new DateOnly(2026, 11, 16), new DateOnly(2026, 11, 22)), Schedule(ReportCadence.Weekly, 8, "Asia/Tokyo").Covers(due.Value.At));
        Assert.Null(Schedule(ReportCadence.Weekly, 8, "UTC").Due(At("2026-11-22T23:30:00Z"), Day));
    }

    [Fact]
    public void What_was_due_before_the_schedule_was_is_not_sent()
    {
        Assert.Null(Schedule(ReportCadence.Daily, 8, "UTC", "2026-11-21T15:00:00Z").Due(At("2026-11-21T15:00:30Z"), Day));
        Assert.NotNull(Schedule(ReportCadence.Daily, 8, "UTC", "2026-11-21T07:00:00Z").Due(At("2026-11-21T15:00:30Z"), Day));
        Assert.NotNull(Schedule(ReportCadence.Daily, 8, "UTC").Due(At("2026-11-21T15:00:30Z"), Day)); // from before there was a beginning
        Assert.Equal(At("2026-11-22T08:00:00Z"), Schedule(ReportCadence.Daily, 8, "UTC", "2026-11-21T15:00:00Z").Due(At("2026-11-22T08:00:00Z"), Day)!.Value.At);
    }

    [Fact]
    public void What_was_due_longer_ago_than_mails_are_tried_is_let_be()
    {
        Assert.NotNull(Schedule(ReportCadence.Weekly, 8, "UTC").Due(At("2026-11-17T07:59:59Z"), Day));
        Assert.Null(Schedule(ReportCadence.Weekly, 8, "UTC").Due(At("2026-11-17T08:00:00Z"), Day));
    }

    [Fact]
    public void A_zone_that_this_machine_has_lost_is_utc() =>
        Assert.Equal(At("2026-11-21T08:00:00Z"), Schedule(ReportCadence.Daily, 8, "Mars/Olympus_Mons").Due(At("2026-11-21T09:00:00Z"), Day)!.Value.At);
}
