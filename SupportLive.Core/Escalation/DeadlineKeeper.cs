using System.Diagnostics;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Escalation;

/// <summary>
/// Plans deadlines and keeps them: a timer for the next one, and a look whenever the log has grown. When the node dies another one goes on
/// from the same rows.
/// </summary>
public sealed class DeadlineKeeper(
    DatabaseAddress address, LogPulse pulse, LiveStream stream, EscalationQueries queries, Firing firing, TimeProvider time, OutageLog outages)
    : DurableFollower(address, outages, "deadlines", Locks.Deadlines)
{
    private const int Batch = 50;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task Follow(NpgsqlConnection session, CancellationToken ct)
    {
        using var settings = stream.Subscribe(16);
        settings.Add(Topic.Settings);
        var changes = settings.Read(ct).GetAsyncEnumerator(ct);
        var change = changes.MoveNextAsync().AsTask();
        var (rows, planner) = (new DeadlineRows(session), new DeadlinePlanner(session));
        var watches = await Watches(planner, ct);
        while (!ct.IsCancellationRequested)
        {
            var next = pulse.Next; // taken before the pass: what comes during it wakes the next one
            var began = Stopwatch.GetTimestamp();
            if (change.IsCompleted)
            {
                change = changes.MoveNextAsync().AsTask();
                watches = await Watches(planner, ct);
            }

            await planner.Follow(watches, ct);
            if (planner.HasPages) await planner.NextPage(ct);
            if (!await Fire(rows, watches, ct)) watches = await Watches(planner, ct);
            if (planner.HasPages) continue;

            await Task.WhenAny(next, change, Timer(await rows.Soonest(ct), Look, ct));
            // Quick after quiet, once a second in a storm of messages; a deadline that falls due meanwhile is not waited past.
            var rest = Pace - Stopwatch.GetElapsedTime(began);
            if (!change.IsCompleted) await Task.WhenAny(change, Timer(await rows.Soonest(ct), rest > Settle ? rest : Settle, ct));
        }
    }

    private async Task<IReadOnlyDictionary<Guid, Watch>> Watches(DeadlinePlanner planner, CancellationToken ct)
    {
        var watches = await queries.Watches(ct);
        await planner.Take(watches, ct);
        return watches;
    }

    private async Task Timer(DateTimeOffset? due, TimeSpan atMost, CancellationToken ct)
    {
        var until = due - time.GetUtcNow();
        var wait = until < atMost ? until.Value : atMost;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);
    }

    // False when a rule turned out to be another than the one known here.
    private async Task<bool> Fire(DeadlineRows rows, IReadOnlyDictionary<Guid, Watch> watches, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (cleared, current) = (new List<(Guid, Guid, DateTimeOffset?)>(), true);
        foreach (var known in await rows.Due(now, Batch, ct))
        {
            foreach (var (rule, look) in known.Looks)
            {
                var watch = watches.GetValueOrDefault(rule);
                var finding = Looks.Judge(watch, known.Ticket, look.FiredFor, now);
                if (finding.FireFor is null) cleared.Add((known.Ticket.Id, rule, finding.LookAt));
                else current &= await firing.Fire(watch!, known.Ticket.Id, now, ct);
            }
        }

        await rows.Write(cleared, ct);
        return current;
    }
}
