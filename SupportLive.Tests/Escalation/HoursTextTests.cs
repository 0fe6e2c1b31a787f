using SupportLive.Web.Escalation;
using Xunit;

namespace SupportLive.Tests.Escalation;

public sealed class HoursTextTests
{
    [Theory]
    [InlineData("09:00–17:00", "09:00–17:00")]
    [InlineData("9:00 - 12:00, 13:00-17:30", "09:00–12:00, 13:00–17:30")]
    [InlineData("9-12;13 – 17", "09:00–12:00, 13:00–17:00")]
    [InlineData(" 8.30—24:00 ", "08:30–24:00")]
    [InlineData("", "")]
    public void Opening_times_are_understood_as_people_write_them(string written, string understood) => Assert.Equal(understood, HoursText.Of(HoursText.Read(written)));

    [Theory]
    [InlineData("from nine")]
    [InlineData("9:00")]
    [InlineData("9:00-12:00-13:00")]
    public void What_cannot_be_read_is_left_for_the_refusal(string written) => Assert.DoesNotContain(HoursText.Read(written), interval => interval is [[_, _, ':', _, _], [_, _, ':', _, _]]);
}
