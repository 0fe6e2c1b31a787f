using System.Globalization;
using System.Text.Json;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;

namespace SupportLive.Core.Reports;

/// <summary>What stands in scheduled reports: counted when they are sent, for the days that they are about.</summary>
public sealed class ReportLetters(ReportQueries reports, ReportFiles files, Settings settings, TimeProvider time) : IMailContent
{
    public bool Writes(string kind) => kind == MailKinds.Report;

    public async Task<MailContent?> Of(TakenMail mail, Account? account, CancellationToken ct)
    {
        var data = JsonSerializer.Deserialize<ClockData>(mail.Data!, Wire.Json)!;
        if ((await settings.Get(ReportSchedules.Key, ct)).Value.Items.FirstOrDefault(s => s.Id == data.Schedule) is not { } schedule) return null;
        if (schedule.Addresses?.Contains(mail.Address, StringComparer.OrdinalIgnoreCase) != true) return null; // taken off since
        var (from, to) = schedule.Covers(data.Due);
        var asked = new ReportAsked(Period(from, to, schedule.Clocks(), time.GetUtcNow()), schedule.Filter());
        var summary = (await reports.Summary(Actor.SupportLive, asked, ct)).Must();
        var (file, attached) = schedule.Format == ReportFormat.Csv ? await files.Csv(schedule.Name!, asked, ct) : files.Pdf(schedule.Name!, asked, summary, ct);
        var figures = Figures(summary);
        return new MailContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["report"] = schedule.Name!,
                ["period"] = ReportWords.Days(from, to),
                ["figures"] = Sentence(figures),
                ["attached"] = attached,
            },
            new(new Dictionary<string, IReadOnlyList<MailLine>>(StringComparer.Ordinal) { ["figures"] = figures }), Page(from, to, asked), file);
    }

    internal static ReportPeriod Period(DateOnly from, DateOnly to, TimeZoneInfo zone, DateTimeOffset now) => ReportPeriod.Parse(Iso(from), Iso(to), zone.Id, now).Must();

    private static IReadOnlyList<MailLine> Figures(SummaryView s) =>
    [
        new("Tickets opened", ReportWords.Count(s.Volume)),
        new("Resolved", ReportWords.Count(s.Resolved)),
        new("First response, median", ReportWords.Duration(s.FirstResponseSeconds.Median)),
        new("Answered in time", Percent(s.Deadline.FirstResponse)),
        new("Satisfaction", Stars(s.Rating)),
    ];

    private static string Percent(TargetCount answers) => ReportWords.Percent(answers.Met + answers.Missed == 0 ? null : 100.0 * answers.Met / (answers.Met + answers.Missed));

    internal static string Stars(RatingView rating) => rating.Count == 0 ? "no ratings" : $"{ReportWords.Stars(rating)} of 5 ({ReportWords.Count(rating.Count)} {(rating.Count == 1 ? "rating" : "ratings")})";

    /// <summary>For a template that puts figures into a line.</summary>
    internal static string Sentence(IReadOnlyList<MailLine> figures) => string.Join(", ", figures.Select(f => $"{f.Name}: {f.Value}"));

    /// <summary>The page with the same figures.</summary>
    internal static string Page(DateOnly from, DateOnly to, ReportAsked asked)
    {
        var words = new[]
        {
            ("from", Iso(from)), ("to", Iso(to)), ("timeZone", asked.Period.Zone.Id), ("category", asked.Filter.Category), ("priority", asked.Filter.Priority is { } p ? SnakeCase.Of(p.ToString()) : null), ("agent", asked.Filter.Agent?.ToString()),
        };
        return $"/reports?{string.Join('&', words.Where(w => w.Item2 is not null).Select(w => $"{w.Item1}={Uri.EscapeDataString(w.Item2!)}"))}";
    }

    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
