using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CsvHelper;
using SupportLive.Core.Accounts;
using SupportLive.Core.Reports;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Reports;

/// <summary>The contract's answers, exports, and what is refused.</summary>
[Trait("Category", "Nodes")]
public sealed class ReportsApiTests(OneNode desk) : IClassFixture<OneNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestNode Node => desk.Node;

    [Fact]
    public async Task A_summary_counts_what_an_agent_of_ones_own_did_today()
    {
        var (agent, customer) = (await People.New(Node, Roles.Agent, "Rita Report"), await People.NewCustomer(Node));
        var done = await Node.AcceptedTicket(customer, agent);
        (await Node.Say(agent, done, "Switch it off and on")).Must(HttpStatusCode.Created);
        (await Node.Move(agent, done, "resolve")).Must();
        (await Node.Move(customer, done, "rate", new { score = 4 })).Must();
        await Node.AcceptedTicket(customer, agent);

        var summary = (await Node.As(desk.People.Manager).Get($"/api/reports/summary?timeZone=Europe/Lisbon&agent={agent.Id}")).Must();

        Assert.Equal(2, summary["volume"]!.GetValue<int>());
        Assert.Equal((1, 1, 0), (summary["byStatus"]!["resolved"]!.GetValue<int>(), summary["byStatus"]!["in_progress"]!.GetValue<int>(), summary["byStatus"]!["open"]!.GetValue<int>()));
        Assert.Equal(1, summary["firstResponseSeconds"]!["count"]!.GetValue<int>());
        Assert.InRange(summary["firstResponseSeconds"]!["median"]!.GetValue<double>(), 0, 60);
        Assert.InRange(summary["resolutionSeconds"]!["p90"]!.GetValue<double>(), 0, 60);
        Assert.Equal((4, 1), (summary["rating"]!["average"]!.GetValue<double>(), summary["rating"]!["count"]!.GetValue<int>()));
        var row = Assert.Single(summary["perAgent"]!.AsArray())!;
        Assert.Equal((agent.Id, "Rita Report"), (row["agent"]!["id"]!.GetValue<Guid>(), row["agent"]!["displayName"]!.GetValue<string>()));
        Assert.Equal((2, 1), (row["handled"]!.GetValue<int>(), row["resolved"]!.GetValue<int>()));
        Assert.Equal(30, summary["perDay"]!.AsArray().Count);
        Assert.Equal((2, 1), (summary["perDay"]![29]!["created"]!.GetValue<int>(), summary["perDay"]![29]!["resolved"]!.GetValue<int>()));
        Assert.Equal(0, summary["before"]!["volume"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("from=2026-11-02&to=2026-11-01", "to")]
    [InlineData("from=1900-01-01&to=2026-01-01", "from")]
    [InlineData("timeZone=Nowhere/Land", "timeZone")]
    [InlineData("category=weather", "category")]
    [InlineData("priority=extreme", "priority")]
    [InlineData("agent=me", "agent")]
    public async Task What_is_no_question_is_refused_at_its_field_by_every_door(string query, string field)
    {
        foreach (var door in (string[])["summary", "summary.pdf", "tickets.csv"])
            Assert.NotNull((await Node.As(desk.People.Manager).Get($"/api/reports/{door}?{query}")).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]);
    }

    [Theory]
    [InlineData("which=everything", "which")]
    [InlineData("hour=168", "hour")]
    [InlineData("age=-1", "age")]
    [InlineData("by=me", "by")]
    [InlineData("status=lost", "status")]
    public async Task A_figure_that_there_is_not_is_refused(string query, string field) =>
        Assert.NotNull((await Node.As(desk.People.Manager).Get($"/api/reports/tickets.csv?{query}")).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]);

    [Fact]
    public async Task A_csv_has_a_row_per_ticket_and_no_cell_that_a_spreadsheet_would_compute()
    {
        var customer = await People.NewCustomer(Node, "=cmd|' /C calc'!A0");
        string[] subjects = ["=1+1", "+SUM(A1)", "-2+3", "@import", "Plain, with \"quotes\"", "Größe 日本 🙂"];
        foreach (var subject in subjects) await Node.OpenTicket(customer, subject);
        var agent = await People.New(Node, Roles.Agent);
        foreach (var ticket in (await Node.As(customer).Get("/api/tickets")).Must()["items"]!.AsArray()) (await Node.Move(agent, ticket!["id"]!.GetValue<Guid>(), "accept")).Must();

        var answer = (await Node.As(desk.People.Manager).Get($"/api/reports/tickets.csv?agent={agent.Id}")).Must();

        Assert.Equal("text/csv", answer.Type);
        Assert.Equal(["6"], answer.Headers.GetValues("X-Rows"));
        using var csv = CsvReader.Create(Encoding.UTF8.GetBytes(answer.Text), new CsvReaderOptions { Separator = ',' });
        var rows = new List<(string Subject, string Customer, string Created)>();
        while (csv.Read()) rows.Add((csv.GetString("subject"), csv.GetString("customer"), csv.GetString("created_at")));
        Assert.Equal(["'=1+1", "'+SUM(A1)", "'-2+3", "'@import", "Plain, with \"quotes\"", "Größe 日本 🙂"], rows.Select(r => r.Subject).Reverse());
        Assert.All(rows, r => Assert.StartsWith("'=cmd", r.Customer, StringComparison.Ordinal));
        Assert.All(rows, r => Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(r.Created, System.Globalization.CultureInfo.InvariantCulture).Offset));
    }

    [Fact]
    public async Task An_export_begins_with_the_mark_that_spreadsheets_look_for()
    {
        using var http = new HttpClient { BaseAddress = Node.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", desk.People.Manager.Token);

        Assert.Equal([0xEF, 0xBB, 0xBF], (await http.GetByteArrayAsync("/api/reports/tickets.csv", Ct))[..3]);
    }

    [Fact]
    public async Task An_export_stops_when_the_right_is_lost_before_its_next_page()
    {
        var (csv, numbers) = (Node.The<TicketsCsv>(), Enumerable.Range(1001, ReportTickets.PageSize * 3).Select(n => (long)n).ToArray());
        using var file = new MemoryStream();
        var asked = 0;

        var lost = await csv.Write(file, numbers, _ => ValueTask.FromResult(++asked < 3), Ct);
        var kept = await csv.Write(Stream.Null, numbers, _ => ValueTask.FromResult(true), Ct);

        Assert.Equal("forbidden", lost.Refusal!.Code);
        Assert.Equal(3, asked);
        Assert.True(kept.Ok);
    }

    [Fact]
    public async Task Who_loses_the_role_exports_nothing_any_more()
    {
        var manager = await People.New(Node, Roles.Manager);
        (await Node.As(manager).Get("/api/reports/tickets.csv")).Must();

        (await Node.The<AccountActions>().SetRoles(await People.ActorOf(Node, "admin@demo.test"), manager.Id, [Roles.Agent], Ct)).Must();

        foreach (var door in (string[])["summary", "summary.pdf", "tickets.csv"]) Assert.Contains((await Node.As(manager).Get($"/api/reports/{door}")).Status, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden]);
    }

    [Fact]
    public async Task Readers_who_leave_while_it_is_counted_hold_up_nobody()
    {
        var (reports, manager) = (Node.The<ReportQueries>(), await People.ActorOf(Node, desk.People.Manager));
        var asked = (await reports.Asked("2025-01-01", null, "Europe/Lisbon", null, null, null, Ct)).Must();
        for (var n = 0; n < 80; n++)
        {
            using var leaves = new CancellationTokenSource();
            var counted = reports.Summary(manager, asked, leaves.Token);
            await Task.WhenAny(counted, Task.Delay(n % 16, Ct));
            await leaves.CancelAsync();
            if (await Record.ExceptionAsync(() => counted.WaitAsync(TimeSpan.FromSeconds(20), Ct)) is { } left) Assert.True(left is OperationCanceledException, left.ToString());
        }

        (await reports.Summary(manager, asked, Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct)).Must();
    }

    [Fact]
    public async Task A_report_prints()
    {
        var pdf = (await Node.As(desk.People.Manager).Get("/api/reports/summary.pdf?from=2026-01-01&timeZone=Europe/Lisbon")).Must();

        Assert.Equal("application/pdf", pdf.Type);
        Assert.StartsWith("%PDF-1.7", pdf.Text, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", pdf.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedules_are_kept_with_a_version_and_refused_field_by_field()
    {
        var (manager, admin) = (Node.As(desk.People.Manager), Node.As(desk.People.Admin));
        var before = (await manager.Get("/api/reports/schedules")).Must()["version"]!.GetValue<int>();
        object item = new { name = "Week", cadence = "weekly", hour = 8, timeZone = "Europe/Lisbon", addresses = (string[])["boss@example.test", " BOSS@example.test "], format = "pdf", category = "billing" };

        var saved = (await manager.Put("/api/reports/schedules", new { items = new[] { item }, version = before })).Must();
        (await admin.Put("/api/reports/schedules", new { items = Array.Empty<object>(), version = before })).Refused(HttpStatusCode.Conflict, "stale_version");
        var wrong = (await manager.Put("/api/reports/schedules", new { items = (object[])[item, new { name = "x", cadence = "weekly", hour = 24, timeZone = "Mars", addresses = Enumerable.Repeat("a@b.test", 21), format = "pdf" }], version = before + 1 })).Refused(HttpStatusCode.BadRequest, "invalid");

        Assert.Single(saved["items"]![0]!["addresses"]!.AsArray());
        Assert.NotEqual(Guid.Empty, saved["items"]![0]!["id"]!.GetValue<Guid>());
        Assert.Equal(["items[1].addresses", "items[1].hour", "items[1].name", "items[1].timeZone"], wrong["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.Single((await admin.Get("/api/reports/schedules")).Must()["items"]!.AsArray());
        (await manager.Put("/api/reports/schedules", new { items = Array.Empty<object>(), version = before + 1 })).Must();
        (await manager.Put("/api/reports/schedules", new { version = before + 2 })).Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public void A_schedule_is_about_the_day_week_or_month_before()
    {
        var at = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero); // a Sunday; in Tokyo a Monday, the second
        ReportSchedule Of(ReportCadence cadence, string zone) => new(null, "Report", cadence, 8, zone, ["a@b.test"], ReportFormat.Pdf);

        Assert.Equal((new DateOnly(2026, 2, 28), new DateOnly(2026, 2, 28)), Of(ReportCadence.Daily, "UTC").Covers(at));
        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1)), Of(ReportCadence.Daily, "Asia/Tokyo").Covers(at));
        Assert.Equal((new DateOnly(2026, 2, 23), new DateOnly(2026, 3, 1)), Of(ReportCadence.Weekly, "Asia/Tokyo").Covers(at));
        Assert.Equal((new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28)), Of(ReportCadence.Monthly, "UTC").Covers(at));
    }
}
