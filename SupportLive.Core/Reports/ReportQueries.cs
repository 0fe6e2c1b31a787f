using System.Data;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Reports;

/// <summary>All figures of a period. Each report is one statement; all of them see one snapshot, so that they agree with each other.</summary>
public sealed class ReportQueries(ReportSessions sessions, TicketQueries tickets, TargetClock targets, TimeProvider time)
{
    /// <summary>Reports that are counted at the same time on one node; whoever writes messages needs the database too.</summary>
    private const int AtOnce = 2;

    private readonly SemaphoreSlim turns = new(AtOnce);

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
        await turns.WaitAsync(ct);
        try
        {
            return SummaryOf.Rows(await Read(scope, ct), scope, categories, now);
        }
        catch (Exception e) when (ct.IsCancellationRequested && e is not OperationCanceledException)
        {
            // Statements that are stopped half-way end in several ways; to the reader who left they are one.
            throw new OperationCanceledException("The reader left while the report was counted.", e, ct);
        }
        finally
        {
            turns.Release();
        }
    }

    internal async Task<ReportScope> Scope(ReportAsked asked, DateTimeOffset now, CancellationToken ct) => new(asked.Period, asked.Filter, await targets.Refresh(ct), now);

    // Two sessions that see the same moment, because one statement uses one core only.
    private async Task<ReportRows> Read(ReportScope scope, CancellationToken ct)
    {
        await using var session = await sessions.Open(ct);
        await using var snapshot = await session.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var export = new NpgsqlCommand("select pg_export_snapshot()", session);
        var name = (string)(await export.ExecuteScalarAsync(ct))!;
        await using var other = await sessions.Open(ct);
        await using var same = await other.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

        var rows = new ReportRows();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var second = Task.Run(() => ReadSecond(other, name, scope, rows, both.Token), CancellationToken.None);
        try
        {
            await ReadFirst(session, scope, rows, both.Token);
        }
        catch
        {
            await both.CancelAsync(); // the other one is not waited for longer than it takes to stop it
            await Task.WhenAny(second);
            throw;
        }

        await second;
        return await Named(session, rows, ct);
    }

    private static async Task ReadFirst(NpgsqlConnection session, ReportScope scope, ReportRows rows, CancellationToken ct)
    {
        await using var batch = Batch(session, scope, VolumeReport.Sql(scope), ResponseReport.Sql(scope), ResolutionReport.Sql(scope), MovesReport.Sql(scope), OpenedReport.Sql(scope), BacklogReport.Sql(scope));
        await using var answer = await batch.ExecuteReaderAsync(ct);
        await All(answer, VolumeReport.Read, rows.Volume, ct);
        await All(answer, ResponseReport.Read, rows.Responses, ct);
        await All(answer, ResolutionReport.Read, rows.Resolutions, ct);
        await All(answer, MovesReport.Read, rows.Moves, ct);
        await All(answer, OpenedReport.Read, rows.Opened, ct);
        await All(answer, BacklogReport.Read, rows.Backlog, ct);
    }

    private static async Task ReadSecond(NpgsqlConnection session, string snapshot, ReportScope scope, ReportRows rows, CancellationToken ct)
    {
        await using (var same = new NpgsqlCommand($"set transaction snapshot '{snapshot}'", session)) await same.ExecuteNonQueryAsync(ct);
        await using var batch = Batch(session, scope, DeadlineReport.Sql(scope), HeatReport.Sql(scope), StatusReport.Sql(scope), StandingReport.Sql(scope), HandledReport.Sql(scope), ActiveReport.Sql(scope));
        await using var answer = await batch.ExecuteReaderAsync(ct);
        await All(answer, DeadlineReport.Read, rows.Deadlines, ct);
        await All(answer, HeatReport.Read, rows.Heat, ct);
        await All(answer, StatusReport.Read, rows.Statuses, ct);
        await All(answer, StandingReport.Read, rows.Standing, ct);
        await All(answer, HandledReport.Read, rows.Handled, ct);
        await All(answer, ActiveReport.Read, rows.Active, ct);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection session, ReportScope scope, params string[] reports)
    {
        var batch = new NpgsqlBatch(session);
        foreach (var report in reports) batch.BatchCommands.Add(scope.Command(report));
        return batch;
    }

    private static async Task All<T>(NpgsqlDataReader answer, Func<NpgsqlDataReader, T> read, List<T> into, CancellationToken ct)
    {
        while (await answer.ReadAsync(ct)) into.Add(read(answer));
        await answer.NextResultAsync(ct);
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
