using SupportLive.Core.Escalation;
using Xunit;

namespace SupportLive.Tests.Escalation;

public sealed class HoursWordsTests
{
    private static readonly string[][] Day = [["09:00", "17:00"]];
    private static readonly string[][] Split = [["09:00", "12:00"], ["13:30", "17:00"]];

    [Fact]
    public void Days_that_are_alike_are_said_together() =>
        Assert.Equal("Mon–Fri 9:00–17:00 (Europe/Berlin)", HoursWords.Week(Hours(Day, Day, Day, Day, Day, [], [])));

    [Fact]
    public void A_day_between_ends_the_row_and_a_break_is_said() =>
        Assert.Equal("Mon–Tue 9:00–17:00, Thu 9:00–12:00 and 13:30–17:00, Fri 9:00–17:00, Sun 0:00–24:00 (Europe/Berlin)",
            HoursWords.Week(Hours(Day, Day, [], Split, Day, [], [["00:00", "24:00"]])));

    [Fact]
    public void What_never_opens_has_no_words() => Assert.Null(HoursWords.Week(Hours([], [], [], [], [], [], [])));

    // Noon in Berlin, on a Saturday.
    [Theory]
    [InlineData("2026-11-21T13:00:00Z", "today from 14:00")]
    [InlineData("2026-11-21T23:30:00Z", "Sunday from 0:30")]
    [InlineData("2026-11-23T08:00:00Z", "Monday from 9:00")]
    [InlineData("2026-11-28T08:00:00Z", "Saturday 28 November from 9:00")]
    [InlineData("2027-01-04T08:00:00Z", "Monday 4 January from 9:00")]
    public void The_next_time_is_said_as_people_say_it(string opens, string words) => Assert.Equal(words, HoursWords.From(
        DateTimeOffset.Parse(opens, System.Globalization.CultureInfo.InvariantCulture), new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    private static BusinessHours Hours(params string[][][] week) => new("Europe/Berlin", BusinessHours.Days.Zip(week).ToDictionary(d => d.First, d => d.Second), []);
}
