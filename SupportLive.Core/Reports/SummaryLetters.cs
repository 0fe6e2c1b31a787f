using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;

namespace SupportLive.Core.Reports;

/// <summary>What stands in the summary of a day: what happened on it, and what waits now. Nothing of either: nobody is written to.</summary>
public sealed class SummaryLetters(IDbContextFactory<SupportDb> dbs, ReportQueries reports, WaitingNow waiting, Actors actors, Settings settings, MailOptions options, TimeProvider time) : IMailContent
{
    public bool Writes(string kind) => kind == MailKinds.Summary;

    public async Task<MailContent?> Of(TakenMail mail, Account? account, CancellationToken ct)
    {
        // The right may have gone since the row was made.
        if (account is null || (await actors.Find(account.Id, ct))?.Actor is not { } actor || !actor.May(Permissions.ReportsRead)) return null;
        var day = JsonSerializer.Deserialize<ClockData>(mail.Data!, Wire.Json)!.Day.AddDays(-1);
        var now = time.GetUtcNow();
        var zone = (await settings.Get(BusinessHours.Key, ct)).Value.Time().Zone;
        var asked = new ReportAsked(ReportLetters.Period(day, day, zone, now), ReportFilter.None);
        var summary = (await reports.Summary(actor, asked, ct)).Must();
        var (closed, waits) = (await Closed(asked.Period, ct), await waiting.Read(now, ct));
        if (summary is { Volume: 0, Resolved: 0, Reopened: 0, Rejected: 0, Escalated: 0 } && closed == 0 && waits is { Unassigned: 0, Late: 0 }) return null;
        var figures = Figures(summary, closed);
        IReadOnlyList<MailLine> late = [.. waits.Tickets.Select(t => new MailLine($"#{t.Number} {t.Subject}", t.By is { } by ? $"{ReportWords.Duration(by.TotalSeconds)} late" : "late", options.Link($"/desk/{t.Number}")))];
        return new MailContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["period"] = ReportWords.Day(day),
                ["figures"] = ReportLetters.Sentence(figures),
                ["waits"] = Waits(waits),
                ["late"] = ReportLetters.Sentence(late),
            },
            new(new Dictionary<string, IReadOnlyList<MailLine>>(StringComparer.Ordinal) { ["figures"] = figures, ["late"] = late }), ReportLetters.Page(day, day, asked));
    }

    private async Task<int> Closed(ReportPeriod period, CancellationToken ct)
    {
        var (from, to) = (period.From, period.To);
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Tickets.CountAsync(t => t.ClosedAt >= from && t.ClosedAt < to, ct);
    }

    private static IReadOnlyList<MailLine> Figures(SummaryView s, int closed) =>
    [
        new("Opened", ReportWords.Count(s.Volume)),
        new("Resolved", ReportWords.Count(s.Resolved)),
        new("Closed", ReportWords.Count(closed)),
        new("First response, median", ReportWords.Duration(s.FirstResponseSeconds.Median)),
        new("Satisfaction", ReportLetters.Stars(s.Rating)),
    ];

    private static string Waits(WaitingView w)
    {
        if (w is { Unassigned: 0, Late: 0 }) return "Nothing waits now.";
        var open = w.Unassigned switch { 0 => "Nothing is left open without somebody", 1 => "Now 1 ticket is open and nobody has it", var n => $"Now {ReportWords.Count(n)} tickets are open and nobody has them" };
        return w.Late switch
        {
            0 => $"{open}; none is past its deadline.",
            1 => $"{open}; 1 is past its deadline:",
            <= WaitingNow.Named => $"{open}; {w.Late} are past their deadline:",
            _ => $"{open}; {ReportWords.Count(w.Late)} are past their deadline, the most urgent of them:",
        };
    }
}
