using SupportLive.Core.Accounts;
using SupportLive.Core.Escalation;
using SupportLive.Core.Reports;
using SupportLive.Core.Tickets;

namespace SupportLive.Tests.Reports;

/// <summary>The same figures with pencil and paper: slow, and so simple that one sees that they are right.</summary>
internal sealed class Reckoning(DrivenDesk desk, ReportAsked asked)
{
    private readonly ReportPeriod period = asked.Period;
    private readonly BusinessTime hours = BusinessHours.Key.Default.Time();

    public List<Past> All { get; } = desk.Tickets.FindAll(t =>
        (asked.Filter.Category is null || t.Category == asked.Filter.Category) && (asked.Filter.Priority is null || t.Priority == asked.Filter.Priority) && (asked.Filter.Agent is null || t.Holder == asked.Filter.Agent));

    public List<Past> Opened(ReportPeriod p) => All.FindAll(t => t.Opened >= p.From && t.Opened < p.To);

    public List<Past> Moved(string kind, ReportPeriod p) => All.FindAll(t => t.Happened(kind, p.From, p.To));

    public List<Past> Handled(Guid by) => All.FindAll(t => t.Moves.Exists(m => m.By == by && m.Kind is "accept" or "assign" or "reject" or "resolve" && m.By == by && m.At >= period.From && m.At < period.To));

    public List<Past> SolvedBy(Guid by) => All.FindAll(t => t.LastSolving(period.From, period.To)?.By == by);

    public List<Past> Missed => Opened(period).FindAll(t => Met(t, true) == false || Met(t, false) == false);

    public List<Past> Standing(DateTimeOffset end, TicketStatus status) => All.FindAll(t => t.Opened < end && status switch
    {
        TicketStatus.Open => !(t.TakenUp < end),
        TicketStatus.InProgress => t.TakenUp < end && !(t.Solved < end),
        _ => t.Solved < end && !(t.Ended < end),
    });

    public List<Past> Backlog(int fromHours, int? toHours) => All.FindAll(t =>
        t.Status is TicketStatus.Open or TicketStatus.InProgress && desk.Now - t.Opened >= TimeSpan.FromHours(fromHours) && (toHours is null || desk.Now - t.Opened < TimeSpan.FromHours(toHours.Value)));

    public int HourOfWeek(Past t) => TimeZoneInfo.ConvertTime(t.Opened, period.Zone) is var local ? ((((int)local.DayOfWeek + 6) % 7) * 24) + local.Hour : 0;

    private bool? Met(Past t, bool answer)
    {
        var minutes = (answer ? Targets.Key.Default.FirstResponse : Targets.Key.Default.Resolution)!.For(t.Priority)!.Value;
        var (due, stop) = (hours.Add(t.Opened, TimeSpan.FromMinutes(minutes))!.Value, answer ? t.Answered ?? t.Solved : t.Solved);
        return stop <= due ? true : (stop ?? desk.Now) > due ? false : null;
    }

    private static Spread Spread(IEnumerable<double> seconds)
    {
        var all = seconds.Order().ToArray();
        return all.Length == 0 ? new(0, null, null, null) : new(all.Length, At(.5), At(.9), all.Sum() / all.Length);

        double At(double part) => Math.Floor(part * (all.Length - 1)) is var n && (int)n == all.Length - 1 ? all[^1] : all[(int)n] + ((all[(int)n + 1] - all[(int)n]) * ((part * (all.Length - 1)) - n));
    }

    private static Spread Answers(List<Past> of) => Spread(of.Where(t => t.Answered is not null).Select(t => (t.Answered!.Value - t.Opened).TotalSeconds));

    private Spread Solutions(List<Past> of, ReportPeriod p) => Spread(of.Where(t => t.LastSolving(p.From, p.To) is not null).Select(t => (t.LastSolving(p.From, p.To)!.Value.At - t.Opened).TotalSeconds));

    private static RatingView Rating(List<Past> of) => of.FindAll(t => t.Rating is not null) is { Count: > 0 } rated ? new(rated.Average(t => t.Rating!.Value), rated.Count) : new(null, 0);

    private Figures Figures(ReportPeriod p)
    {
        var opened = Opened(p);
        var (a, s) = (new TargetCount(opened.Count(t => Met(t, true) == true), opened.Count(t => Met(t, true) == false)), new TargetCount(opened.Count(t => Met(t, false) == true), opened.Count(t => Met(t, false) == false)));
        var (met, missed) = (a.Met + s.Met, a.Missed + s.Missed);
        return new(opened.Count, Answers(opened), Solutions(All, p), Moved("resolve", p).Count, Moved("reopen", p).Count, Moved("reject", p).Count, Moved("escalate", p).Count, Rating(opened),
            new(met + missed == 0 ? null : 100.0 * met / (met + missed), met, missed, a, s));
    }

    public SummaryView Summary(IReadOnlyList<CategoryView> categories)
    {
        var opened = Opened(period);
        var days = period.Days.Select((d, n) => (d.Date, d.From, To: n + 1 < period.Days.Count ? period.Days[n + 1].From : period.To)).ToArray();
        var statuses = Enum.GetValues<TicketStatus>();
        return new SummaryView(
            period.From, period.To, period.Zone.Id, Figures(period), statuses.ToDictionary(s => s, s => opened.Count(t => t.Status == s)), statuses.ToDictionary(s => s, s => All.Count(t => t.Status == s)),
            [.. days.Where(d => d.From <= desk.Now).Select(d => new StandingView(d.Date, Standing(d.To, TicketStatus.Open).Count, Standing(d.To, TicketStatus.InProgress).Count, Standing(d.To, TicketStatus.Resolved).Count))],
            [.. days.Select(d => new DayView(d.Date, opened.Count(t => t.Opened >= d.From && t.Opened < d.To), All.Count(t => t.LastSolving(period.From, period.To) is { } last && last.At >= d.From && last.At < d.To)))],
            [.. new (int From, int? To)[] { (0, 1), (1, 4), (4, 24), (24, 72), (72, 168), (168, 720), (720, null) }.Select(g => new AgeView(g.From, g.To, Backlog(g.From, g.To).Count(t => t.Status == TicketStatus.Open), Backlog(g.From, g.To).Count(t => t.Status == TicketStatus.InProgress)))],
            [.. desk.Staff.Select(Agent).Where(a => a.Handled + a.Resolved + a.ActiveSeconds > 0 || opened.Exists(t => t.Holder == a.Agent.Id))],
            [.. categories.Select(c => new CategoryFigures(c.Key, c.Name, opened.Count(t => t.Category == c.Key), Moved("resolve", period).Count(t => t.Category == c.Key), Answers(opened.FindAll(t => t.Category == c.Key)), Solutions(All.FindAll(t => t.Category == c.Key), period), Rating(opened.FindAll(t => t.Category == c.Key))))],
            [.. Enum.GetValues<TicketPriority>().Select(p => new PriorityFigures(p, opened.Count(t => t.Priority == p)))],
            [.. opened.GroupBy(HourOfWeek).OrderBy(g => g.Key).Select(g => new HeatView((g.Key / 24) + 1, g.Key % 24, g.Count()))],
            new BeforeView(period.Before.From, period.Before.To, Figures(period.Before)), desk.Now);
    }

    private AgentFigures Agent(Actor agent)
    {
        var held = Opened(period).FindAll(t => t.Holder == agent.Id);
        return new(agent.Person, Handled(agent.Id).Count, SolvedBy(agent.Id).Count, Answers(held), Solutions(SolvedBy(agent.Id), period), Rating(held), Active(agent.Id));
    }

    // Second by second would do as well; here stretch by stretch between all the instants at which anything begins or ends.
    private double Active(Guid agent)
    {
        var spans = All.Where(t => t.Assignee == agent).Select(t => (From: Later(t.Taken!.Value, period.From), To: Earlier(t.Solved ?? desk.Now, period.To))).Where(s => s.From < s.To).ToArray();
        var edges = spans.SelectMany(s => new[] { s.From, s.To }).Distinct().Order().ToArray();
        return edges.Zip(edges.Skip(1)).Where(e => spans.Any(s => s.From <= e.First && e.Second <= s.To)).Sum(e => (e.Second - e.First).TotalSeconds);
    }

    private static DateTimeOffset Later(DateTimeOffset x, DateTimeOffset y) => x > y ? x : y;

    private static DateTimeOffset Earlier(DateTimeOffset x, DateTimeOffset y) => x < y ? x : y;
}
