using System.Data;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>All figures of a period. Each report is one statement; together they are one round trip on one snapshot, so that they agree with each other.</summary>
public sealed class ReportQueries(NpgsqlDataSource data, TicketQueries tickets, TargetClock targets, TimeProvider time)
{
    // These statements read much and once: planned for their own values, sorted in memory, and stopped before the page's reader gives up.
    internal static readonly string[] Terms = ["set local plan_cache_mode = force_custom_plan", "set local work_mem = '64MB'", "set local jit = off"];

    /// <summary>Period and filter as they are asked for, checked together; see <see cref="ReportPeriod.Parse"/> and <see cref="ReportFilter.Parse"/>.</summary>
    public async Task<Outcome<ReportAsked>> Asked(string? from, string? to, string? timeZone, string? category, string? priority, string? agent, CancellationToken ct)
    {
        var period = ReportPeriod.Parse(from, to, timeZone, time.GetUtcNow());
        var filter = ReportFilter.Parse(category, priority, agent, (await tickets.Categories(ct)).Select(c => c.Key));
        var wrong = new[] { period.Refusal, filter.Refusal }.SelectMany(r => r?.Fields ?? new Dictionary<string, string[]>(StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);
        return wrong.Count > 0 ? Refusal.Invalid(wrong) : new ReportAsked(period.Value!, filter.Value!);
    }

    /// <summary>Refused without the permission to read reports.</summary>
    public async Task<Outcome<SummaryView>> Summary(Actor actor, ReportAsked asked, CancellationToken ct)
    {
        if (!actor.May(Permissions.ReportsRead)) return Refusal.Forbidden();
        var now = time.GetUtcNow();
        var scope = await Scope(asked, now, ct);
        var categories = await tickets.Categories(ct);
        await using var session = await data.OpenConnectionAsync(ct);
        await using var snapshot = await session.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var rows = await Named(session, await Read(session, scope, ct), ct);
        return SummaryOf.Rows(rows, scope, categories, now);
    }

    internal async Task<ReportScope> Scope(ReportAsked asked, DateTimeOffset now, CancellationToken ct) => new(asked.Period, asked.Filter, await targets.Refresh(ct), now);

    private static async Task<ReportRows> Read(NpgsqlConnection session, ReportScope scope, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session);
        foreach (var term in Terms) batch.BatchCommands.Add(new NpgsqlBatchCommand(term));
        foreach (var sql in (string[])
        [
            VolumeReport.Sql(scope), ResponseReport.Sql(scope), ResolutionReport.Sql(scope), MovesReport.Sql(scope), DeadlineReport.Sql(scope), OpenedReport.Sql(scope), HeatReport.Sql(scope),
            StatusReport.Sql(scope), StandingReport.Sql(scope), BacklogReport.Sql(scope), HandledReport.Sql(scope), ActiveReport.Sql(scope),
        ]) batch.BatchCommands.Add(scope.Command(sql));

        await using var answer = await batch.ExecuteReaderAsync(ct);
        return new ReportRows(await All(VolumeReport.Read), await All(ResponseReport.Read), await All(ResolutionReport.Read), await All(MovesReport.Read), await All(DeadlineReport.Read))
        {
            Opened = await All(OpenedReport.Read),
            Heat = await All(HeatReport.Read),
            Statuses = await All(StatusReport.Read),
            Standing = await All(StandingReport.Read),
            Backlog = await All(BacklogReport.Read),
            Handled = await All(HandledReport.Read),
            Active = await All(ActiveReport.Read),
        };

        async Task<List<T>> All<T>(Func<NpgsqlDataReader, T> read)
        {
            var all = new List<T>();
            while (await answer.ReadAsync(ct)) all.Add(read(answer));
            await answer.NextResultAsync(ct);
            return all;
        }
    }

    private static async Task<ReportRows> Named(NpgsqlConnection session, ReportRows rows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select id, display_name from accounts where id = any($1)", session) { Parameters = { new() { Value = rows.People.ToArray() } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) rows.Names.Add(row.GetGuid(0), row.GetString(1));
        return rows;
    }
}

/// <summary>What a report was asked about.</summary>
public sealed record ReportAsked(ReportPeriod Period, ReportFilter Filter);
