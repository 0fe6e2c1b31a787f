using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Health;

/// <summary>What the system page shows. Read when somebody looks, and once for all who look at the same time.</summary>
public sealed class SystemQueries(
    Node node, MeterReader meters, Meters counted, NodeFigures figures, Nodes nodes, Hearing hearing, LastErrors errors, DatabaseQueries database, ShapeQueries shapes,
    IEnumerable<Examine> examinations, DurableJobs durable, DataVolume volume, HealthOptions options, OutageLog outages, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Slowly = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);
    private (SystemView View, long At)? last;
    private (DatabaseShape Shape, long At)? shape;
    private (IReadOnlyList<Verdict> Verdicts, long At)? examined;

    /// <summary>At most a second old. Refused without the right to read it.</summary>
    public async Task<Outcome<SystemView>> Read(Actor actor, CancellationToken ct) =>
        actor.May(Permissions.SystemRead) ? await Look(ct) : Refusal.Forbidden();

    internal async Task<SystemView> Look(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (last is { } known && time.GetElapsedTime(known.At) < Fresh) return known.View;
            last = (await Make(ct), time.GetTimestamp());
            return last.Value.View;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<SystemView> Make(CancellationToken ct)
    {
        var (moment, view) = await Database(ct);
        if (moment is not null) counted.Waiting(moment.TicketsWaiting);
        var here = figures.Now();
        IReadOnlyList<NodeView> alive = [.. nodes.Alive().Where(n => n.Id != here.Id).Append(here).OrderBy(n => n.Started).ThenBy(n => n.Id)];
        var jobs = Jobs(moment, alive);
        var sight = new Sight(time.GetUtcNow(), view, hearing.Echo, alive, moment is null ? null : jobs, volume.Look(), time.GetUtcNow() - here.Started < Nodes.Patience);
        return new SystemView(sight.At, node.Id, NodeFigures.Version, alive, Traffic(), view, jobs, errors.Read(), [.. Checks.Of(sight, options), .. await Examinations(ct)]);
    }

    private async Task<(DatabaseMoment?, DatabaseView?)> Database(CancellationToken ct)
    {
        try
        {
            var now = await database.Now(ct);
            if (shape is not { } known || time.GetElapsedTime(known.At) > Slowly) shape = (await shapes.Read(ct), time.GetTimestamp());
            return (now, new DatabaseView(now.LatencyMs, now.Connections, now.Active, now.MaxConnections, now.OldestTransactionSeconds, now.IsReplica, now.Replicas, shape.Value.Shape));
        }
        catch (Exception e) when (Outage.Is(e) && !ct.IsCancellationRequested)
        {
            outages.Failed(e);
            return default;
        }
    }

    // Every durable job, held or not, and whatever else is locked right now.
    private IReadOnlyList<JobView> Jobs(DatabaseMoment? moment, IReadOnlyList<NodeView> alive)
    {
        var names = DatabaseQueries.LockNames.ToDictionary();
        var all = durable().ToDictionary(j => j.Key, _ => (TakenLock?)null);
        foreach (var job in durable()) names[job.Key] = job.Job;
        foreach (var held in (moment?.Locks ?? []).Where(l => names.ContainsKey(l.Key))) all[held.Key] = held;
        return [.. all.Select(l => l.Value is { } held ? Held(names[l.Key], held, alive) : new JobView(names[l.Key], null, null, null)).OrderBy(j => j.Name, StringComparer.Ordinal)];
    }

    private static JobView Held(string name, TakenLock held, IReadOnlyList<NodeView> alive)
    {
        var holder = alive.FirstOrDefault(n => n.Jobs.Any(j => j.Session == held.Session));
        return new(name, holder?.Host ?? $"{held.Application} (session {held.Session})", holder?.Id, held.Since);
    }

    private TrafficView Traffic()
    {
        var levels = meters.Look();
        return new TrafficView(
            Math.Round(meters.PerSecond(Meters.MessagesAcked, 10), 1), Math.Round(meters.PerSecond(Meters.MessagesAcked, 60), 1), meters.Counted(Meters.MessagesAcked).Sum(c => c.Total),
            meters.Spread(Meters.PushDelay), meters.Spread(Meters.BatchSize, "messages"), meters.Spread(Meters.BatchDuration, "messages"), levels.WriterQueue, levels.TicketsWaiting,
            meters.Counted(Meters.TicketsMoved), meters.Counted(Meters.Refusals), meters.Counted(Meters.Overflows).Sum(c => c.Total));
    }

    private async Task<IReadOnlyList<Verdict>> Examinations(CancellationToken ct)
    {
        if (examined is { } known && time.GetElapsedTime(known.At) < Seldom) return known.Verdicts;
        var verdicts = new List<Verdict>();
        foreach (var examine in examinations)
        {
            if (await examine(ct) is { } verdict) verdicts.Add(verdict);
        }

        examined = (verdicts, time.GetTimestamp());
        return verdicts;
    }

    public void Dispose() => turn.Dispose();
}
