using System.IO.Compression;
using System.Text;
using SupportLive.Core.Accounts;
using SupportLive.Core.Reports;
using SupportLive.Core.Reports.Paper;
using SupportLive.Core.Tickets;
using Xunit;

namespace SupportLive.Tests.Reports;

/// <summary>Printed reports, read back with a reader of a few lines.</summary>
public sealed class PaperTests
{
    private static readonly ReportAsked Asked = new(ReportPeriod.Parse("2026-10-01", "2026-10-31", "Europe/Lisbon", DateTimeOffset.UnixEpoch).Must(), ReportFilter.None);

    [Fact]
    public void Names_of_many_scripts_are_printed_and_what_the_font_does_not_have_is_a_box_that_is_explained()
    {
        var known = Text(Print("Zoë Łukasz Ωμέγα Иван", "שלום"));
        var unknown = Text(Print("山田 🙂", "नमस्ते"));

        foreach (var name in (string[])["Zoë Łukasz Ωμέγα Иван", "םולש"]) Assert.Contains(name, known, StringComparison.Ordinal); // from right to left, on paper
        Assert.DoesNotContain("□", known, StringComparison.Ordinal);
        Assert.Contains("□□ □", unknown, StringComparison.Ordinal);
        Assert.Contains("□ stands for a letter", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_are_repeated_and_pages_are_numbered()
    {
        var text = Text(Print([.. Enumerable.Range(0, 120).Select(n => $"Agent {n}")]));
        var pages = text.Split("Page 1 of ").Last().Split('\n')[0];

        Assert.True(int.Parse(pages, System.Globalization.CultureInfo.InvariantCulture) >= 4);
        Assert.Contains($"Page {pages} of {pages}", text, StringComparison.Ordinal);
        Assert.True(text.Split("Handled\n").Length - 1 >= 3, "The table of agents has its head on each page.");
    }

    [Fact]
    public void A_file_of_more_than_two_hundred_pages_is_refused_with_what_to_do() =>
        Assert.Equal("report_too_long", ReportPdf.Draw(Summary([.. Enumerable.Range(0, 11_000).Select(n => $"Agent {n}")]), Asked, "Mira", CancellationToken.None).Refusal!.Code);

    [Fact]
    public void Without_a_font_it_is_refused_and_says_which_to_install()
    {
        var refusal = ReportPdf.Draw(Summary("Ava"), Asked, "Mira", CancellationToken.None, ["/nowhere/DejaVuSans.ttf"]).Refusal!;

        Assert.Equal("font_missing", refusal.Code);
        Assert.Contains("fonts-dejavu-core", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_not_wait_stops_it()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();

        Assert.Throws<OperationCanceledException>(() => ReportPdf.Draw(Summary("Ava"), Asked, "Mira", gone.Token));
    }

    [Theory]
    [InlineData(null, "–")]
    [InlineData(12.4, "12 s")]
    [InlineData(59.7, "1 min")]
    [InlineData(3599.0, "1 h")]
    [InlineData(12_000.0, "3 h 20 min")]
    [InlineData(86_399.0, "1 d")]
    [InlineData(187_000.0, "2 d 4 h")]
    public void Durations_are_said_in_two_units_at_most(double? seconds, string said) => Assert.Equal(said, ReportWords.Duration(seconds));

    [Theory]
    [InlineData(99.99, "99.9 %")]
    [InlineData(100.0, "100 %")]
    public void A_missed_target_never_rounds_to_all(double percent, string said) => Assert.Equal(said, ReportWords.Percent(percent));

    private static byte[] Print(params string[] agents) => ReportPdf.Draw(Summary(agents), Asked, "Mira", CancellationToken.None).Must();

    private static SummaryView Summary(params string[] agents)
    {
        var none = new Spread(0, null, null, null);
        var figures = new Figures(0, none, none, 0, 0, 0, 0, new(null, 0), new(null, 0, 0, new(0, 0), new(0, 0)));
        var statuses = Enum.GetValues<TicketStatus>().ToDictionary(s => s, _ => 0);
        return new(Asked.Period.From, Asked.Period.To, "Europe/Lisbon", figures, statuses, statuses, [], [.. Asked.Period.Days.Select(d => new DayView(d.Date, 1, 0))], [],
            [.. agents.Select(name => new AgentFigures(new PersonView(Guid.NewGuid(), name), 1, 1, none, none, new(null, 0), 0))], [], [], [], new(Asked.Period.Before.From, Asked.Period.Before.To, figures), Asked.Period.To);
    }

    // Unpacks the streams, finds for each font what its glyphs stand for, and reads what pages say, one piece a line.
    private static string Text(byte[] pdf)
    {
        var raw = Encoding.Latin1.GetString(pdf);
        var streams = raw.Split("\nstream\n").Skip(1).Select(part => Unpack(Encoding.Latin1.GetBytes(part[..part.IndexOf("\nendstream", StringComparison.Ordinal)]))).ToArray();
        var fonts = streams.Where(s => s.Contains("begincmap", StringComparison.Ordinal)).Select(Letters).ToArray();
        var text = new StringBuilder();
        foreach (var line in streams.Where(s => s.Contains("BT ", StringComparison.Ordinal) && s.Contains(" Tj ET", StringComparison.Ordinal)).SelectMany(s => s.Split('\n')).Where(l => l.StartsWith("BT ", StringComparison.Ordinal)))
        {
            var (font, glyphs) = (fonts[line[line.IndexOf("/F", StringComparison.Ordinal) + 2] - '0'], line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
            text.AppendLine(string.Concat(glyphs.Chunk(4).Select(g => font[new string(g)])));
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static Dictionary<string, string> Letters(string map) =>
        map.Split('\n').Where(l => l.StartsWith('<') && l != "<0000> <FFFF>").Select(l => l.Split(' ')).ToDictionary(p => p[0].Trim('<', '>'), p => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(p[1].Trim('<', '>'))), StringComparer.Ordinal);

    private static string Unpack(byte[] packed)
    {
        using var unpack = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var all = new MemoryStream();
        unpack.CopyTo(all);
        return Encoding.Latin1.GetString(all.ToArray());
    }
}
