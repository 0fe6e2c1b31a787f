using Npgsql;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>
/// Keeps the deadlines of all tickets planned: follows the log for what touches a ticket, and goes through all open tickets, page by
/// page, when a rule or the business hours have changed. A pass writes only what would otherwise be looked at too late.
/// </summary>
internal sealed class DeadlinePlanner(NpgsqlConnection connection)
{
    private const int PageSize = 1000;
    private static readonly Guid End = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    private readonly DeadlineRows rows = new(connection);
    private readonly Queue<Watch> changed = new();
    private Guid page = End;
    private ulong read;

    /// <summary>Whether pages wait to be planned.</summary>
    public bool HasPages => changed.Count > 0;

    /// <summary>Takes over the watches as they are now.</summary>
    public async Task Take(IReadOnlyDictionary<Guid, Watch> watches, CancellationToken ct)
    {
        var planned = await rows.Planned(ct);
        changed.Clear();
        page = End;
        foreach (var watch in watches.Values.Where(w => planned.GetValueOrDefault(w.Id) != w.Made)) changed.Enqueue(watch);
    }

    /// <summary>Plans what the log tells of. The cursor moves in the transaction that plans, so that nothing is left out by a crash.</summary>
    public async Task Follow(IReadOnlyDictionary<Guid, Watch> watches, CancellationToken ct)
    {
        await using var tx = await connection.BeginTransactionAsync(ct);
        var (from, to) = await rows.Stretch(ct);
        from = Math.Max(from, read);
        if (to <= from) return;
        var looks = new List<(Guid, Guid, DateTimeOffset?)>();
        if (watches.Count > 0)
        {
            foreach (var known in await rows.Touched(from, to, watches.Values.Any(w => w.HearsMessages), ct))
            {
                foreach (var watch in watches.Values) Add(looks, watch, known);
            }
        }

        if (looks.Count > 0 || to - from >= 10_000)
        {
            await rows.Write(looks, ct);
            await rows.Move(to, ct);
            await tx.CommitAsync(ct);
        }

        read = to; // when nothing was to be planned nothing is written; reading a little again after a restart plans nothing twice
    }

    private static void Add(List<(Guid, Guid, DateTimeOffset?)> looks, Watch watch, Known known)
    {
        var look = known.Looks.GetValueOrDefault(watch.Id);
        if (Looks.Needed(watch, known.Ticket, look.DueAt, look.FiredFor) is { } at) looks.Add((known.Ticket.Id, watch.Id, at));
    }

    /// <summary>Plans one page for one changed watch. Small, so that what falls due meanwhile does not wait.</summary>
    public async Task NextPage(CancellationToken ct)
    {
        var watch = changed.Peek();
        var tickets = await rows.Page(watch.Id, [.. Enum.GetValues<TicketStatus>().Where(watch.Concerns)], page, PageSize, ct);
        var looks = new List<(Guid, Guid, DateTimeOffset?)>();
        foreach (var known in tickets) Add(looks, watch, known);
        await rows.Write(looks, ct);
        if (tickets.Count == PageSize)
        {
            page = tickets[^1].Ticket.Id;
            return;
        }

        await rows.SetPlanned(watch.Id, watch.Made, ct);
        changed.Dequeue();
        page = End;
    }
}
