using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Reports;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Reports;

/// <summary>Random histories, made by real actions: SQL and pencil agree, for any period and filter, and every figure opens the tickets that it counted.</summary>
[Trait("Category", "Nodes")]
public sealed partial class HistoryTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"\d+\.\d{4,}")]
    private static partial Regex LongFraction();

    [Theory]
    [InlineData(1, "Europe/Lisbon")]
    [InlineData(2, "America/New_York")]
    [InlineData(3, "Asia/Kathmandu")]
    public async Task Figures_are_what_anybody_would_count_and_open_the_tickets_that_they_count(int seed, string zone)
    {
        await using var desk = await DrivenDesk.Open(await world.NewDatabase(), seed, new DateTimeOffset(2024, 2, 20, 7, 11, 0, TimeSpan.Zero));
        for (var n = 0; n < 500; n++) await desk.Step();
        while (desk.Tickets[^1].Opened != desk.Now) await desk.Step(); // one was opened this very moment
        Assert.All((string[])["accept", "assign", "release", "reject", "escalate", "resolve", "reopen", "close"], kind => Assert.Contains(desk.Tickets, t => t.Moves.Exists(m => m.Kind == kind)));
        var random = new Random(seed);
        var reader = desk.Staff[^1];
        var categories = await desk.The<TicketQueries>().Categories(Ct);

        for (var n = 0; n < 14; n++)
        {
            var asked = await Ask(desk, random, n, zone);
            var reckoning = new Reckoning(desk, asked);

            var summary = (await desk.The<ReportQueries>().Summary(reader, asked, Ct)).Must();

            var (expected, told) = (Lines(reckoning.Summary(categories)), Lines(summary));
            var differs = expected.Zip(told).TakeWhile(l => l.First == l.Second).Count();
            Assert.True(expected.SequenceEqual(told), $"{asked}: line {differs}: expected {string.Join(' ', expected.Skip(differs - 9).Take(12))}, told {string.Join(' ', told.Skip(differs).Take(3))}");
            await Opens(desk, reader, asked, reckoning, random);
        }
    }

    private static async Task<ReportAsked> Ask(DrivenDesk desk, Random random, int n, string zone)
    {
        var first = desk.Tickets[0].Opened.AddDays(-3);
        var from = n == 0 ? first : first.AddDays(random.Next(60));
        var to = n == 0 ? desk.Now.AddDays(2) : from.AddDays(random.Next(40));
        var (category, priority, agent) = (n % 4 == 1 ? "billing" : null, n % 4 == 2 ? "high" : null, n % 4 == 3 ? desk.Staff[random.Next(4)].Id.ToString() : null);
        return n % 5 == 4
            ? (await desk.The<ReportQueries>().Asked(Instant(from), Instant(to.AddHours(5)), zone, category, priority, agent, Ct)).Must()
            : (await desk.The<ReportQueries>().Asked(Day(from), Day(to), zone, category, priority, agent, Ct)).Must();
    }

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    // Every number on a line of its own, to a thousandth of a second; agents in one order.
    private static string[] Lines(SummaryView summary)
    {
        var json = JsonSerializer.Serialize(summary with { PerAgent = [.. summary.PerAgent.OrderBy(a => a.Agent.Id)] }, new JsonSerializerOptions(Wire.Json) { WriteIndented = true });
        return LongFraction().Replace(json, m => Math.Round(double.Parse(m.Value, CultureInfo.InvariantCulture), 3).ToString(CultureInfo.InvariantCulture)).Split('\n');
    }

    private static async Task Opens(DrivenDesk desk, Actor reader, ReportAsked asked, Reckoning reckoning, Random random)
    {
        var (p, agent, hour) = (asked.Period, desk.Staff[random.Next(4)].Id, random.Next(168));
        (TicketSelection, List<Past>)[] figures =
        [
            (new(), reckoning.Opened(p)),
            (new(Counted.Opened, TicketStatus.Closed), reckoning.Opened(p).FindAll(t => t.Status == TicketStatus.Closed)),
            (new(Counted.Opened, Hour: hour), reckoning.Opened(p).FindAll(t => reckoning.HourOfWeek(t) == hour)),
            (new(Counted.Answered), reckoning.Opened(p).FindAll(t => t.Answered is not null)),
            (new(Counted.Rated), reckoning.Opened(p).FindAll(t => t.Rating is not null)),
            (new(Counted.Missed), reckoning.Missed),
            (new(Counted.Resolved), reckoning.Moved("resolve", p)),
            (new(Counted.Resolved, By: agent), reckoning.SolvedBy(agent)),
            (new(Counted.Reopened), reckoning.Moved("reopen", p)),
            (new(Counted.Rejected), reckoning.Moved("reject", p)),
            (new(Counted.Escalated), reckoning.Moved("escalate", p)),
            (new(Counted.Handled, By: agent), reckoning.Handled(agent)),
            (new(Counted.Now, TicketStatus.InProgress), reckoning.All.FindAll(t => t.Status == TicketStatus.InProgress)),
            (new(Counted.Backlog, Age: 4), reckoning.Backlog(72, 168)),
            (new(Counted.Backlog), reckoning.Backlog(0, null)),
            (new(Counted.Standing, TicketStatus.Open), reckoning.Standing(p.To, TicketStatus.Open)),
            (new(Counted.Standing, TicketStatus.InProgress), reckoning.Standing(p.To, TicketStatus.InProgress)),
            (new(Counted.Standing, TicketStatus.Resolved), reckoning.Standing(p.To, TicketStatus.Resolved)),
        ];
        foreach (var (selection, expected) in figures)
        {
            var numbers = (await desk.The<ReportTickets>().Numbers(reader, asked, selection, Ct)).Must();

            Assert.True(expected.Select(t => t.Number).OrderDescending().SequenceEqual(numbers), $"{selection} opens {numbers.Length} tickets, counted were {expected.Count}");
        }
    }
}
