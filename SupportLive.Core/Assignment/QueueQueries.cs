using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>
/// What a waiting customer may know of the queue: the own place, and how long places took today. Read once for all who wait, at most
/// once a second.
/// </summary>
public sealed class QueueQueries(IDbContextFactory<SupportDb> dbs, TicketQueries tickets, AgentQueries agents, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PaceLasts = TimeSpan.FromSeconds(30);
    private const int Enough = 5;

    private readonly SemaphoreSlim one = new(1, 1);
    private (IReadOnlyDictionary<Guid, int> Places, int Online, long At)? line;
    private ((double From, double To)? Pace, long At)? pace;

    /// <summary>Of the own ticket, or for staff of any.</summary>
    public async Task<Outcome<QueueView>> Position(Actor actor, string? ticket, CancellationToken ct)
    {
        var found = await tickets.Find(actor, ticket, ct);
        if (!found.Ok) return found.Refusal;
        await one.WaitAsync(ct);
        try
        {
            var known = await Known(ct);
            if (found.Value.Status != TicketStatus.Open) return new QueueView(null, null, null, known.Online);
            if (!known.Places.TryGetValue(found.Value.Id, out var place))
            {
                line = known = await Line(ct); // opened just now: who asks first of all must not wait for the next second
                if (!known.Places.TryGetValue(found.Value.Id, out place)) return new QueueView(null, null, null, known.Online);
            }

            if (pace is not { } today || time.GetElapsedTime(today.At) >= PaceLasts) pace = today = (await Pace(ct), time.GetTimestamp());
            return new QueueView(place, Seconds(today.Pace?.From, place), Seconds(today.Pace?.To, place), known.Online);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>How many agents are available now.</summary>
    public async Task<int> Online(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            return (await Known(ct)).Online;
        }
        finally
        {
            one.Release();
        }
    }

    private static int? Seconds(double? perPlace, int place) => perPlace is { } s ? (int)Math.Min(s * place, 7 * 86_400) : null;

    private async ValueTask<(IReadOnlyDictionary<Guid, int> Places, int Online, long At)> Known(CancellationToken ct)
    {
        if (line is not { } known || time.GetElapsedTime(known.At) >= Fresh) line = known = await Line(ct);
        return known;
    }

    private async Task<(IReadOnlyDictionary<Guid, int> Places, int Online, long At)> Line(CancellationToken ct)
    {
        var at = time.GetTimestamp();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var waiting = await db.Tickets.Where(t => t.Status == TicketStatus.Open).OrderByDescending(t => t.Priority).ThenBy(t => t.CreatedAt).ThenBy(t => t.Number).Select(t => t.Id).ToListAsync(ct);
        var online = (await agents.All(ct)).Count(a => a.Presence == AgentStatus.Available);
        return (waiting.Select((id, n) => (id, n)).ToDictionary(p => p.id, p => p.n + 1), online, at);
    }

    // How long one place took: what each ticket of the last day waited, by the place that it came into. The middle half of that.
    private async Task<(double, double)?> Pace(CancellationToken ct)
    {
        var since = time.GetUtcNow().AddDays(-1);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rows = await db.Database.SqlQuery<PaceRow>(
            $"""
            select count(*)::int as "Count", coalesce(percentile_cont(0.25) within group (order by p), 0) as "First", coalesce(percentile_cont(0.75) within group (order by p), 0) as "Third"
            from (
                select extract(epoch from w.accepted_at - w.created_at)::float8 / (1 + (
                    select count(*) from tickets o where o.created_at >= {since} and o.created_at < w.created_at
                      and coalesce(o.accepted_at, o.rejected_at, o.closed_at, 'infinity') > w.created_at)) as p
                from (select created_at, accepted_at from tickets where created_at >= {since} and accepted_at is not null order by created_at desc limit 100) w
            ) paces
            """).ToListAsync(ct);
        return rows[0].Count < Enough ? null : (rows[0].First, rows[0].Third);
    }

    private sealed record PaceRow(int Count, double First, double Third);
}
