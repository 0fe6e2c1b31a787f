using SupportLive.Core.Chat;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Overview;

/// <summary>What the wall is made of. The law: an old load and the events since make the fresh load.</summary>
public sealed class WallState
{
    /// <summary>For so long a conversation that has ended stays in sight.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromMinutes(5);

    private const int Line = 160;

    private readonly Dictionary<Guid, ChatSnapshot> rows = [];
    private readonly Dictionary<Guid, (DateTimeOffset At, TimeSpan Took)> answered = [];
    private readonly Dictionary<Guid, (DateTimeOffset At, int Score)> rated = [];
    private readonly Dictionary<Guid, (TicketSnapshot Of, DateTimeOffset? At)> dues = [];
    private DueTimes? times;

    public void Load(WallLoad load)
    {
        rows.Clear();
        answered.Clear();
        rated.Clear();
        dues.Clear();
        foreach (var row in load.Conversations) rows[row.Ticket.Id] = Lean(row);
        foreach (var (id, at, took) in load.Answered) answered[id] = (at, took);
        foreach (var (id, at, score) in load.Rated) rated[id] = (at, score);
    }

    /// <summary>Whether this changed anything.</summary>
    public bool Apply(LiveEvent happened) => happened switch
    {
        TicketChanged moved => Take(moved),
        MessagePosted { Posted.Feed: Feed.Public } posted => Take(posted.Posted),
        _ => false,
    };

    private bool Take(TicketChanged moved)
    {
        var there = rows.TryGetValue(moved.Ticket.Id, out var known);
        if (!there && Ended(moved.Ticket) && moved.Moved.Kind != Wire.TicketRated) return false;
        var ticket = there ? known!.Ticket.Newer(moved.Ticket) : moved.Ticket;
        if (there || !Ended(ticket)) rows[ticket.Id] = Lean(there ? known! with { Ticket = ticket } : new ChatSnapshot(ticket, null, 0));
        Answered(ticket);
        if (moved.Moved.Kind == Wire.TicketRated && ticket.Rating is { } score) rated[ticket.Id] = (moved.Moved.At, score);
        return true;
    }

    private bool Take(EntryView message)
    {
        if (!rows.TryGetValue(message.TicketId, out var row) || row.LastMessage?.Seq >= message.Seq) return false;
        rows[message.TicketId] = Lean(new ChatSnapshot(row.Ticket.After(message), message, 0));
        Answered(rows[message.TicketId].Ticket);
        return true;
    }

    private void Answered(TicketSnapshot ticket)
    {
        if (ticket.FirstResponseAt is { } at) answered.TryAdd(ticket.Id, (at, at - ticket.CreatedAt));
    }

    // One copy of each row is kept for all who watch; nobody reads long texts there.
    private static ChatSnapshot Lean(ChatSnapshot row) => new(
        row.Ticket.Description.Length > 0 ? row.Ticket with { Description = "" } : row.Ticket,
        row.LastMessage is { Body.Length: > Line } message ? message with { Body = message.Body[..Line] } : row.LastMessage, 0);

    private static bool Ended(TicketSnapshot ticket) => ticket.Status is not (TicketStatus.Open or TicketStatus.InProgress);

    /// <summary>The picture at this moment; forgets what ended some time ago, and what happened before today.</summary>
    public WallView View(DateTimeOffset now, DateTimeOffset today, DueTimes due)
    {
        foreach (var row in rows.Values.Where(r => Ended(r.Ticket) && now - r.Ticket.UpdatedAt > Farewell).ToList())
        {
            rows.Remove(row.Ticket.Id);
            dues.Remove(row.Ticket.Id);
        }

        foreach (var id in answered.Where(a => a.Value.At < today).Select(a => a.Key).ToList()) answered.Remove(id);
        foreach (var id in rated.Where(r => r.Value.At < today).Select(r => r.Key).ToList()) rated.Remove(id);

        var open = rows.Values.Where(r => r.Ticket.Status == TicketStatus.Open).Select(r => (r.Ticket.Category, Since: r.Ticket.WaitingSince ?? r.Ticket.CreatedAt)).ToList();
        var active = rows.Values.Where(r => r.Ticket.Status == TicketStatus.InProgress).Select(r => r.Ticket).ToList();
        return new WallView(
            now, today, open.Count, open.Count > 0 ? open.Min(o => o.Since) : null, open.Count > 0 ? now - TimeSpan.FromSeconds(open.Average(o => (now - o.Since).TotalSeconds)) : null,
            active.Count, rows.Values.Count(r => !Ended(r.Ticket) && r.Ticket.Escalation is not null), rows.Values.Count(r => Due(r.Ticket, due) <= now),
            Spread([.. answered.Values.Select(a => a.Took)]), new Rated(rated.Count > 0 ? rated.Values.Average(r => r.Score) : null, rated.Count),
            [.. open.GroupBy(o => o.Category, o => o.Since).Select(g => new WallQueue(g.Key, g.Count(), g.Min())).OrderBy(q => q.Since)],
            active.Where(t => t is { Assignee: not null, WaitingSince: not null }).GroupBy(t => t.Assignee!.Id).ToDictionary(g => g.Key, g => g.Min(t => t.WaitingSince!.Value)),
            [.. rows.Values]);
    }

    // Business time is not cheap to count, so it is counted once for each state of a ticket.
    private DateTimeOffset? Due(TicketSnapshot ticket, DueTimes by)
    {
        if (times != by) dues.Clear();
        times = by;
        if (dues.TryGetValue(ticket.Id, out var known) && ReferenceEquals(known.Of, ticket)) return known.At;
        var at = by.Of(ticket)?.At;
        dues[ticket.Id] = (ticket, at);
        return at;
    }

    // By nearest rank: a figure that somebody really waited.
    private static Spread Spread(TimeSpan[] took)
    {
        Array.Sort(took);
        return new Spread(Rank(took, 0.5), Rank(took, 0.9), took.Length);
    }

    private static TimeSpan? Rank(TimeSpan[] sorted, double part) => sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * part) - 1)];
}
