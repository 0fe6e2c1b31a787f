using Microsoft.EntityFrameworkCore;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>What waits at this moment, for the summary of a day.</summary>
public sealed class WaitingNow(IDbContextFactory<SupportDb> dbs, ReportSessions sessions, TargetClock targets)
{
    /// <summary>Tickets that are named, the most urgent first.</summary>
    public const int Named = 10;

    // Past its deadline is what the overview counts as late: the answer is still owed, or the solution, and its time is over.
    private static readonly string Late = $"""
        select t.number, count(*) over ()::int
        from ({DeadlineTables.Verdicts("t.status in ('open', 'in_progress')")}) v join tickets t on t.id = v.id
        where v.solve_met is false or (v.answer_met is false and t.first_response_at is null)
        order by t.priority desc, t.created_at, t.number limit {Named}
        """;

    public async Task<WaitingView> Read(DateTimeOffset now, CancellationToken ct)
    {
        var due = await targets.Refresh(ct);
        await using var db = await dbs.CreateDbContextAsync(ct);
        TicketStatus[] live = [TicketStatus.Open, TicketStatus.InProgress];
        if (await db.Tickets.Where(t => live.Contains(t.Status)).MinAsync(t => (DateTimeOffset?)t.CreatedAt, ct) is not { } oldest) return new(0, 0, []);
        var unassigned = await db.Tickets.CountAsync(t => t.Status == TicketStatus.Open && t.AssigneeId == null, ct);
        var (numbers, late) = await Numbers(new ReportScope(new ReportPeriod(oldest, now, TimeZoneInfo.Utc), ReportFilter.None, due, now), ct);
        var tickets = await TicketQueries.Snapshots(db, db.Tickets.Where(t => numbers.Contains(t.Number))).ToListAsync(ct);
        return new(unassigned, late, [.. tickets.OrderBy(t => numbers.IndexOf(t.Number)).Select(t => new LateTicket(t.Number, t.Subject, due.Of(t)?.At is { } at ? now - at : null))]);
    }

    private async Task<(List<long> Numbers, int All)> Numbers(ReportScope scope, CancellationToken ct)
    {
        await using var session = await sessions.Open(ct);
        await using var batch = new NpgsqlBatch(session);
        batch.BatchCommands.Add(scope.Command(Late));
        var (numbers, all) = (new List<long>(), 0);
        await using var row = await batch.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            numbers.Add(row.GetInt64(0));
            all = row.GetInt32(1);
        }

        return (numbers, all);
    }
}

/// <param name="Unassigned">Open tickets that nobody has.</param>
/// <param name="Late">Tickets past their deadline; the first of them are <paramref name="Tickets"/>.</param>
public sealed record WaitingView(int Unassigned, int Late, IReadOnlyList<LateTicket> Tickets);

/// <param name="By">How long its deadline has passed; null where the targets have changed in this moment.</param>
public sealed record LateTicket(long Number, string Subject, TimeSpan? By);
