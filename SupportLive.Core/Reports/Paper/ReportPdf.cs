using System.Globalization;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Reports.Paper;

/// <summary>The report on A4 pages: what it is about, tiles, charts, tables.</summary>
public static class ReportPdf
{
    /// <summary>Refused as <c>font_missing</c> where no font is found, and as <c>report_too_long</c> beyond 200 pages.</summary>
    public static Outcome<byte[]> Draw(SummaryView summary, ReportAsked asked, string by, CancellationToken ct, IEnumerable<string>? fonts = null)
    {
        if (PaperFont.Find(fonts) is not { } font) return FontMissing;
        var (first, last) = asked.Period.Dates;
        var sheet = new Sheet($"SupportLive report, {ReportWords.Days(first, last)}", font);
        Cover(sheet, summary, asked, by);
        PaperTiles.Draw(sheet, summary);
        Charts(sheet, summary);
        Tables(sheet, summary, ct);
        if (sheet.IsFull) return TooLong;
        if (sheet.Text.HasBoxes)
        {
            sheet.Y += 10;
            sheet.Room(14);
            sheet.Write("□ stands for a letter that the font of this server does not have.", Sheet.Small, Ink.Muted, Sheet.Left, sheet.Y);
        }

        return sheet.Finish($"SupportLive · {ReportWords.Days(first, last)} · {summary.TimeZone}");
    }

    public static Refusal FontMissing { get; } = new(RefusalKind.Busy, "font_missing", "This server has no font to print with. Install one (on Debian: apt-get install fonts-dejavu-core), then try again.");

    public static Refusal TooLong { get; } = Refusal.Conflict("report_too_long", string.Create(CultureInfo.InvariantCulture, $"This report would have more than {Sheet.MostPages} pages. Choose a shorter period or a filter, or export the tickets as CSV."));

    private static void Cover(Sheet sheet, SummaryView summary, ReportAsked asked, string by)
    {
        var (first, last) = asked.Period.Dates;
        sheet.On.Box(Ink.Accent, Sheet.Left, sheet.Y, Sheet.Width, 3);
        sheet.Write("Support report", Sheet.Title, Ink.Black, Sheet.Left, sheet.Y + 12);
        sheet.Write($"{ReportWords.Days(first, last)} · {summary.TimeZone} · {Filter(summary, asked.Filter)}", Sheet.Bold, Ink.Black, Sheet.Left, sheet.Y + 40);
        var at = TimeZoneInfo.ConvertTime(summary.At, asked.Period.Zone).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        sheet.Write($"Made {at} by {by}. In brackets: {ReportWords.Days(asked.Period.Before.Dates.First, asked.Period.Before.Dates.Last)}.", Sheet.Small, Ink.Muted, Sheet.Left, sheet.Y + 54);
        sheet.Y += 74;
    }

    private static string Filter(SummaryView summary, ReportFilter filter)
    {
        var parts = new[]
        {
            filter.Category is { } key ? $"category {summary.PerCategory.FirstOrDefault(c => c.Category == key)?.Name ?? key}" : null,
            filter.Priority is { } priority ? $"priority {priority.ToString().ToLowerInvariant()}" : null,
            filter.Agent is { } agent ? $"tickets of {summary.PerAgent.FirstOrDefault(a => a.Agent.Id == agent)?.Agent.DisplayName ?? "one agent"}" : null,
        };
        return parts.All(p => p is null) ? "all tickets" : string.Join(", ", parts.OfType<string>());
    }

    private static void Charts(Sheet sheet, SummaryView summary)
    {
        var steps = Step.Of(summary.PerDay);
        sheet.Section($"Opened and resolved per {Step.Name(summary.PerDay.Count)}", ReportWords.Volume + " " + ReportWords.Resolved, 160);
        PaperCharts.Bars(sheet, [.. steps.Select(s => (s.Label, s.Created, s.Resolved))], "Opened", "Resolved");
        sheet.Section("Tickets in each status", ReportWords.Standing, 160);
        var standing = summary.StatusPerDay;
        PaperCharts.Lines(sheet,
            [("Open", Ink.Accent, [.. standing.Select(s => s.Open)]), ("In progress", Ink.Good, [.. standing.Select(s => s.InProgress)]), ("Resolved, not closed", Ink.Warm, [.. standing.Select(s => s.Resolved)])],
            standing.Count == 0 ? "" : ReportWords.Day(standing[0].Day), standing.Count == 0 ? "" : ReportWords.Day(standing[^1].Day));
        sheet.Section("When tickets are opened", $"{ReportWords.Heat} Clocks of {summary.TimeZone}.", 130);
        PaperCharts.Heat(sheet, summary.Heat);
    }

    private static void Tables(Sheet sheet, SummaryView summary, CancellationToken ct)
    {
        sheet.Section("Agents", $"{ReportWords.Handled} First response and resolution are medians.", 60);
        PaperTable.Draw(sheet, ["Agent", "Handled", "Resolved", "Response", "Resolution", "its p90", "Rating", "Active"], summary.PerAgent.Select(a => (string[])
            [a.Agent.DisplayName, ReportWords.Count(a.Handled), ReportWords.Count(a.Resolved), ReportWords.Duration(a.FirstResponseSeconds.Median), ReportWords.Duration(a.ResolutionSeconds.Median), ReportWords.Duration(a.ResolutionSeconds.P90), Stars(a.Rating), ReportWords.Duration(a.ActiveSeconds)]), 120, ct);
        sheet.Section("Categories", ReportWords.FirstResponse, 60);
        PaperTable.Draw(sheet, ["Category", "Opened", "Resolved", "Response", "Resolution", "its p90", "Rating"], summary.PerCategory.Select(c => (string[])
            [c.Name, ReportWords.Count(c.Volume), ReportWords.Count(c.Resolved), ReportWords.Duration(c.FirstResponseSeconds.Median), ReportWords.Duration(c.ResolutionSeconds.Median), ReportWords.Duration(c.ResolutionSeconds.P90), Stars(c.Rating)]), 130, ct);
        sheet.Section("Status", "The tickets opened in the period, and all tickets there are, by their status now.", 60);
        PaperTable.Draw(sheet, ["Status", "Opened in the period", "All tickets"], summary.ByStatus.Select(s => (string[])[ReportWords.Status(s.Key), ReportWords.Count(s.Value), ReportWords.Count(summary.StatusNow[s.Key])]), 180, ct);
        sheet.Section("Backlog", ReportWords.Backlog, 60);
        PaperTable.Draw(sheet, ["Age", "Open", "In progress"], summary.Backlog.Select(b => (string[])[ReportWords.Age(b), ReportWords.Count(b.Open), ReportWords.Count(b.InProgress)]), 180, ct);
        sheet.Section("Days", $"{ReportWords.Standing} Not closed: resolved, but not closed yet.", 60);
        var standing = summary.StatusPerDay.ToDictionary(s => s.Day);
        PaperTable.Draw(sheet, ["Day", "Opened", "Resolved", "Open", "In progress", "Not closed"], summary.PerDay.Select(d => standing.GetValueOrDefault(d.Day) is { } s
            ? (string[])[ReportWords.Day(d.Day), ReportWords.Count(d.Created), ReportWords.Count(d.Resolved), ReportWords.Count(s.Open), ReportWords.Count(s.InProgress), ReportWords.Count(s.Resolved)]
            : [ReportWords.Day(d.Day), ReportWords.Count(d.Created), ReportWords.Count(d.Resolved), "–", "–", "–"]), 130, ct);
    }

    private static string Stars(RatingView rating) => rating.Count == 0 ? "–" : $"{ReportWords.Stars(rating)} ({ReportWords.Count(rating.Count)})";
}
