using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>From what the reports answered to what is shown.</summary>
internal static class SummaryOf
{
    public static SummaryView Rows(ReportRows rows, ReportScope scope, IReadOnlyList<CategoryView> categories, DateTimeOffset now)
    {
        var (period, current) = (scope.Period, rows.Volume.FindAll(c => c.Current));
        return new SummaryView(
            period.From, period.To, period.Zone.Id, Figures(rows, true),
            Enum.GetValues<TicketStatus>().ToDictionary(s => s, s => current.Where(c => c.Status == s).Sum(c => c.Tickets)),
            Enum.GetValues<TicketStatus>().ToDictionary(s => s, s => rows.Statuses.Where(r => r.Status == s).Sum(r => r.Tickets)),
            Standing(rows, period, now), Days(rows, period), Backlog(rows), Agents(rows), Categories(rows, current, categories),
            [.. Enum.GetValues<TicketPriority>().Select(p => new PriorityFigures(p, current.Where(c => c.Priority == p).Sum(c => c.Tickets)))],
            [.. rows.Heat.OrderBy(h => h.Hour).Select(h => new HeatView((h.Hour / 24) + 1, h.Hour % 24, h.Tickets))],
            new BeforeView(period.Before.From, period.Before.To, Figures(rows, false)), now);
    }

    private static Figures Figures(ReportRows rows, bool current)
    {
        var cells = rows.Volume.FindAll(c => c.Current == current);
        return new Figures(
            cells.Sum(c => c.Tickets), Durations.Of(rows.Responses.Where(s => s.Current == current)), Durations.Of(rows.Resolution.Where(s => s.Current == current)),
            rows.Resolution.Where(s => s.Current == current).Sum(s => s.Seconds.Length), Moved(Wire.TicketReopened), Moved(Wire.TicketRejected), Moved(Wire.TicketEscalated),
            Rating(cells), DeadlineView.Of(rows.Deadlines.Find(d => d.Current == current)));

        int Moved(string kind) => rows.Moves.Where(m => m.Current == current && m.Kind == kind).Sum(m => m.Tickets);
    }

    private static RatingView Rating(IReadOnlyCollection<VolumeCell> cells) => RatingView.Of(cells.Sum(c => c.Rated), cells.Sum(c => c.Stars));

    // Each histogram summed up: how many had been opened, taken, solved and ended by the end of each day.
    private static List<StandingView> Standing(ReportRows rows, ReportPeriod period, DateTimeOffset now)
    {
        var counts = rows.Standing.ToDictionary(s => (s.Step, s.Day), s => s.Tickets);
        var sums = new int[4];
        var standing = new List<StandingView>();
        foreach (var (day, n) in period.Days.Select((d, n) => (d, n)))
        {
            if (day.From > now) break;
            for (var step = 0; step < sums.Length; step++) sums[step] += counts.GetValueOrDefault((step, n));
            standing.Add(new(day.Date, sums[0] - sums[1], sums[1] - sums[2], sums[2] - sums[3]));
        }

        return standing;
    }

    private static List<DayView> Days(ReportRows rows, ReportPeriod period)
    {
        var opened = rows.Opened.ToDictionary(o => o.Day, o => o.Tickets);
        var solved = rows.Resolutions.Where(r => r.Sample is null).ToDictionary(r => r.Day, r => r.Tickets);
        return [.. period.Days.Select((d, n) => new DayView(d.Date, opened.GetValueOrDefault(n + 1), solved.GetValueOrDefault(n + 1)))];
    }

    private static List<AgeView> Backlog(ReportRows rows) =>
        [.. Enumerable.Range(0, BacklogReport.Hours.Count + 1).Select(n => new AgeView(
            n == 0 ? 0 : BacklogReport.Hours[n - 1], n == BacklogReport.Hours.Count ? null : BacklogReport.Hours[n], Aged(rows, n, TicketStatus.Open), Aged(rows, n, TicketStatus.InProgress)))];

    private static int Aged(ReportRows rows, int group, TicketStatus status) => rows.Backlog.Where(b => b.Group == group && b.Status == status).Sum(b => b.Tickets);

    private static List<AgentFigures> Agents(ReportRows rows)
    {
        var (handled, active) = (rows.Handled.ToDictionary(h => h.Person, h => h.Tickets), rows.Active.ToDictionary(a => a.Agent, a => a.Seconds));
        var held = rows.Volume.Where(c => c.Current && c.Holder is not null).ToLookup(c => c.Holder!.Value);
        var answered = rows.Responses.Where(s => s.Current && s.Person is not null).ToLookup(s => s.Person!.Value);
        var solved = rows.Resolution.Where(s => s.Current && s.Person is not null).ToLookup(s => s.Person!.Value);
        return [.. rows.People
            .Select(id => new AgentFigures(
                new PersonView(id, rows.Names.GetValueOrDefault(id, "Former colleague")), handled.GetValueOrDefault(id), solved[id].Sum(s => s.Seconds.Length), Durations.Of(answered[id]), Durations.Of(solved[id]),
                Rating([.. held[id]]), active.GetValueOrDefault(id)))
            .OrderByDescending(a => a.Handled).ThenBy(a => a.Agent.DisplayName, StringComparer.CurrentCulture)];
    }

    private static List<CategoryFigures> Categories(ReportRows rows, List<VolumeCell> current, IReadOnlyList<CategoryView> categories)
    {
        var (answered, solved) = (rows.Responses.Where(s => s.Current).ToLookup(s => s.Category), rows.Resolution.Where(s => s.Current).ToLookup(s => s.Category));
        return [.. categories.Select(c => new CategoryFigures(
            c.Key, c.Name, current.Where(v => v.Category == c.Key).Sum(v => v.Tickets), solved[c.Key].Sum(s => s.Seconds.Length), Durations.Of(answered[c.Key]), Durations.Of(solved[c.Key]),
            Rating(current.FindAll(v => v.Category == c.Key))))];
    }
}
