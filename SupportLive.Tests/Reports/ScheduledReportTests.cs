using System.Text;
using CsvHelper;
using SupportLive.Core.Accounts;
using SupportLive.Core.Reports;
using SupportLive.Tests.Nodes;
using SupportLive.Tests.Outbound.Mail;
using Xunit;

namespace SupportLive.Tests.Reports;

/// <summary>Reports that are sent by themselves, over a real socket. A desk for each: the clock is everybody's.</summary>
[Trait("Category", "Nodes")]
public sealed class ScheduledReportTests(World world) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly ReportDesk desk = new(world);

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    [Fact]
    public async Task Two_nodes_send_it_once_and_the_next_day_again()
    {
        await desk.Another();
        var (boss, other) = (ReportDesk.Address(), ReportDesk.Address());
        await desk.Put(ReportDesk.Daily(boss) with { Addresses = [boss, other] });

        await desk.Next(8);
        await desk.Look();
        await desk.Mail(boss);
        await desk.Mail(other);
        await desk.Sent();
        Assert.Single(desk.Of(boss));
        Assert.Single(desk.Of(other));

        await desk.Next(8);
        await Eventually.True(() => Task.FromResult(desk.Of(boss).Count == 2), "the next one comes");
    }

    [Fact]
    public async Task What_was_due_while_all_nodes_were_down_is_caught_up_once()
    {
        var boss = ReportDesk.Address();
        await desk.Put(ReportDesk.Daily(boss));
        await desk.Stop();
        desk.GoTo(new DateTimeOffset(desk.Now.Date.AddDays(1).AddHours(13), TimeSpan.Zero));

        await desk.Another(); // nobody asks it to look
        await desk.Another();

        await desk.Mail(boss);
        await desk.Look();
        await desk.Sent();
        Assert.Single(desk.Of(boss));
    }

    [Fact]
    public async Task A_schedule_for_an_hour_that_is_over_begins_tomorrow_and_so_does_a_changed_one()
    {
        var (made, changed, kept) = (ReportDesk.Address(), ReportDesk.Address(), ReportDesk.Address());
        var stored = await desk.Put(ReportDesk.Daily(changed, 12), ReportDesk.Daily(kept, 14)); // it is ten
        desk.GoTo(new DateTimeOffset(desk.Now.Date.AddHours(15), TimeSpan.Zero));
        stored = await desk.Put(stored[0] with { Hour = 13, Since = DateTimeOffset.UnixEpoch }, stored[1] with { Name = "Another name", Since = null }, ReportDesk.Daily(made) with { Since = DateTimeOffset.UnixEpoch });
        await desk.Look();
        await desk.Mail(kept, "Another name");
        await desk.Sent();
        Assert.Empty(desk.Of(made));
        Assert.DoesNotContain(desk.Of(changed), m => m.Subject.Contains(ReportWords.Day(DateOnly.FromDateTime(desk.Now.Date)), StringComparison.Ordinal));
        Assert.Equal((desk.Now.Date, 15), (stored[0].Since!.Value.Date, stored[0].Since!.Value.Hour));
        Assert.Equal(10, stored[1].Since!.Value.Hour);

        await desk.Next(13);
        await desk.Mail(made);
        await desk.Mail(changed);
    }

    [Fact]
    public async Task A_schedule_or_an_address_that_was_deleted_before_it_went_out_gets_nothing()
    {
        var (gone, off, stays) = (ReportDesk.Address(), ReportDesk.Address(), ReportDesk.Address());
        desk.Server.OnData = _ => "451 4.3.2 come back";
        var stored = await desk.Put(ReportDesk.Daily(gone), ReportDesk.Daily(stays) with { Addresses = [off, stays] });
        await desk.Next(8);
        foreach (var address in (string[])[gone, off, stays]) await desk.Stands(address, "waiting", "come back");

        await desk.Put(stored[1] with { Addresses = [stays] });
        desk.Server.OnData = _ => null;
        desk.Clock.Advance(TimeSpan.FromMinutes(5));

        await Eventually.True(async () => !(await desk.Outbox()).Any(m => m.To == gone || m.To == off), "they are gone");
        await desk.Mail(stays);
        Assert.Empty(desk.Of(gone));
        Assert.Empty(desk.Of(off));
    }

    [Fact]
    public async Task A_csv_comes_with_its_tickets_and_a_pdf_as_one()
    {
        var (csv, pdf) = (ReportDesk.Address(), ReportDesk.Address());
        var customer = await desk.Person(Roles.Customer);
        await desk.Node.OpenTicket(customer, "=Counted");
        await desk.Put(ReportDesk.Daily(csv, name: "Für die Chefin / täglich"), ReportDesk.Daily(pdf, format: ReportFormat.Pdf) with { Category = "technical", Cadence = ReportCadence.Daily });
        var day = DateOnly.FromDateTime(desk.Now.Date);
        await desk.Next(8);

        var (table, paper) = (await desk.Mail(csv), await desk.Mail(pdf));

        Assert.Equal($"Für die Chefin / täglich: {ReportWords.Day(day)}", table.Subject);
        Assert.Contains("Tickets opened: 1", table.Text, StringComparison.Ordinal);
        Assert.Contains("“Reports by mail”", table.Text, StringComparison.Ordinal);
        Assert.Null(table.Header("List-Unsubscribe"));
        Assert.DoesNotContain("unsubscribe", table.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"https://desk.test/reports?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}&timeZone=UTC&category=technical\n", paper.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var (rows, page) = (Assert.Single(table.Attachments), Assert.Single(paper.Attachments));
        Assert.Equal(($"F-r-die-Chefin-t-glich-{day:yyyy-MM-dd}.csv", "text/csv"), (rows.Name, rows.Type));
        Assert.Equal(($"What-was-{day:yyyy-MM-dd}.pdf", "application/pdf"), (page.Name, page.Type));
        using var reader = CsvReader.Create(rows.Bytes, new CsvReaderOptions { Separator = ',' });
        Assert.True(reader.Read());
        Assert.Equal("'=Counted", reader.GetString("subject"));
        Assert.False(reader.Read());
        Assert.StartsWith(string.Join(',', TicketsCsv.Columns), Encoding.UTF8.GetString(rows.Bytes)[1..], StringComparison.Ordinal);
        Assert.StartsWith("%PDF-1.7", Encoding.Latin1.GetString(page.Bytes), StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", Encoding.Latin1.GetString(page.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_mail_servers_would_refuse_stays_on_the_page()
    {
        var customer = await desk.Person(Roles.Customer);
        await desk.Node.OpenTicket(customer);
        var (files, asked) = (desk.Node.The<ReportFiles>(), (await desk.Node.The<ReportQueries>().Asked(null, null, "UTC", null, null, null, Ct)).Must());

        var (whole, said) = await files.Csv("Week", asked, Ct);
        var (none, why) = await files.Csv("Week", asked, Ct, whole!.Bytes.Length - 1);

        Assert.StartsWith("Attached: Week-", said, StringComparison.Ordinal);
        Assert.Null(none);
        Assert.Contains("download it there", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Week\r\nBcc: victim@people.test")]
    [InlineData("Week\n\nBody <img src=x onerror=alert(1)> [Click]({{link}})")]
    [InlineData("=?utf-8?Q?Week=0D=0ABcc:_victim@people.test?=")]
    [InlineData("\"; filename=\"evil.exe\"\r\nX: y; <b>Eve</b>")]
    [InlineData("../../../etc/passwd")]
    public async Task A_schedules_name_stays_a_name(string name)
    {
        var boss = ReportDesk.Address();
        await desk.Put(ReportDesk.Daily(boss, name: name));
        await desk.Next(8);

        var mail = await desk.Mail(boss);

        InjectionTests.Harmless(mail, boss);
        Assert.Matches(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\.csv\z", Assert.Single(mail.Attachments).Name);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_not_written_to_again()
    {
        var gone = ReportDesk.Address();
        desk.Server.OnRecipient = to => to == gone ? "550 5.1.1 no such mailbox" : null;
        await desk.Put(ReportDesk.Daily(gone));
        await desk.Next(8);
        await desk.Stands(gone, "failed", "5.1.1");
        desk.Server.OnRecipient = _ => null;

        await desk.Next(8);

        await desk.Stands(gone, "suppressed");
        Assert.Empty(desk.Of(gone));
    }

    [Fact]
    public async Task Its_words_are_edited_and_tried_like_all_others()
    {
        foreach (var kind in (string[])["report", "summary"])
        {
            var letter = await desk.Node.The<Core.Outbound.Mail.OutboxActions>().Preview(Core.Outbound.Mail.MailTemplates.Key.Default, kind, "en", Ct);
            Assert.DoesNotContain("{{", letter.Text, StringComparison.Ordinal);
            Assert.Contains("<table class=\"figures\">", letter.Html, StringComparison.Ordinal);
        }
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();
}
