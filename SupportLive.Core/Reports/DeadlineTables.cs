using SupportLive.Core.Escalation;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>
/// The targets, and the time that counts, as tables that SQL can look things up in: microseconds since 1970, one row per stretch of open time. With them
/// a due time is two binary searches, as exact as <see cref="BusinessTime"/>, and a hundred thousand tickets need no round through this process.
/// </summary>
internal sealed record DeadlineTables(long[] FirstResponse, long[] Resolution, long[] Opens, long[] Counted, long[] Lasts)
{
    /// <summary>More than anybody waits: stands for "no target".</summary>
    private const long Never = long.MaxValue / 4;

    /// <param name="due">The targets and hours as they are set.</param>
    /// <param name="from">No ticket was opened before.</param>
    /// <param name="now">What is due later is not due yet, and needs no table.</param>
    public static DeadlineTables Of(DueTimes due, DateTimeOffset from, DateTimeOffset now)
    {
        var open = due.Hours is { } hours ? [.. hours.Open(from, now > from ? now : from)] : new[] { (From: from, To: now > from ? now : from) };
        long counted = 0;
        var (opens, sums, ends) = (new List<long>(), new List<long>(), new List<long>());
        foreach (var (start, end) in open)
        {
            var lasts = Micros(end) - Micros(start);
            opens.Add(Micros(start));
            sums.Add(counted);
            ends.Add(counted += lasts);
        }

        return new(Within(due.Targets.FirstResponse), Within(due.Targets.Resolution), [.. opens], [.. sums], [.. ends]);
    }

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private static long[] Within(TargetMinutes? minutes) =>
        [.. Enum.GetValues<TicketPriority>().Select(p => minutes?.For(p) is { } m ? TimeSpan.FromMinutes(m).Ticks / TimeSpan.TicksPerMicrosecond : Never)];

    /// <summary>
    /// Over <c>t</c>: for both targets whether it was met (true), missed (false) or neither yet (null). An end without an answer stops both clocks.
    /// </summary>
    /// <remarks>
    /// <c>@opens</c> are the beginnings of open stretches, <c>@counted</c> the open time before each, <c>@lasts</c> that at the end of each. The time that
    /// has counted before an instant is that before its stretch and what of the stretch has passed, at most all of it. Due is the instant in the first
    /// stretch at whose end enough has counted; beyond the last one nothing is due yet. At the seam of two stretches the earlier one ends the wait.
    /// </remarks>
    public static string Verdicts(string condition) => $"""
        select d.id, d.created_at, {Verdict("answer")} as answer_met, {Verdict("solve")} as solve_met
        from (
          select c.*, {Due("answer_within")} as answer_due, {Due("solve_within")} as solve_due
          from (
            select b.*, case when b.stretch = 0 then 0 else least((@counted)[b.stretch] + b.micros - (@opens)[b.stretch], (@lasts)[b.stretch]) end as spent
            from (
              select a.*, width_bucket(a.micros, @opens) as stretch
              from (
                select t.id, t.created_at, round(date_part('epoch', t.created_at) * 1e6)::bigint as micros, (@answer_within)[t.priority + 1] as answer_within, (@solve_within)[t.priority + 1] as solve_within,
                  coalesce(t.first_response_at, t.resolved_at, t.rejected_at, t.closed_at) as answer_at, coalesce(t.resolved_at, t.rejected_at, t.closed_at) as solve_at
                from tickets t where {condition} offset 0
              ) a offset 0
            ) b offset 0
          ) c offset 0
        ) d
        """; // offset 0: each of these is computed once and not wherever it is named

    private static string Verdict(string what) =>
        $"case when d.{what}_at <= d.{what}_due then true when coalesce(d.{what}_at, @now) > d.{what}_due then false when d.{what}_at is not null and d.{what}_due is null and d.{what}_within < {Never} then true end";

    private static string Due(string within)
    {
        var stretch = $"(width_bucket(c.spent + c.{within} - 1, @lasts) + 1)";
        return $"timestamptz 'epoch' + ((@opens)[{stretch}] + c.spent + c.{within} - (@counted)[{stretch}]) * interval '1 microsecond'";
    }
}
