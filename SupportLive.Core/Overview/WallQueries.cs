using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Overview;

/// <summary>Reads what the wall begins with.</summary>
public sealed class WallQueries(IDbContextFactory<SupportDb> dbs, ChatQueries chats)
{
    private const int Stretch = 500;

    /// <summary>Without the figures that follow from it. Rights are the caller's business: the wall asks for <c>overview.read</c>.</summary>
    public async Task<WallLoad> Load(DateTimeOffset now, DateTimeOffset today, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var farewell = now - WallState.Farewell;
        TicketStatus[] live = [TicketStatus.Open, TicketStatus.InProgress];
        TicketStatus[] ended = [TicketStatus.Resolved, TicketStatus.Closed, TicketStatus.Rejected];
        var tickets = await TicketQueries.Snapshots(db, db.Tickets.Where(t => live.Contains(t.Status))).ToListAsync(ct);
        tickets.AddRange(await TicketQueries.Snapshots(db, db.Tickets.Where(t => ended.Contains(t.Status) && t.UpdatedAt > farewell)).ToListAsync(ct));
        var rows = new List<ChatSnapshot>(tickets.Count);
        foreach (var some in tickets.Chunk(Stretch)) rows.AddRange(await chats.With(Actor.SupportLive, some, ct));
        return new WallLoad(rows, await Answered(db, today, ct), await Rated(db, today, ct));
    }

    // Who was first answered today is still being worked on, or was moved today: both are few, and both have an index, which the answer itself has not.
    private static async Task<IReadOnlyList<WallAnswer>> Answered(SupportDb db, DateTimeOffset today, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<AnswerRow>(
            $"""
            select id as "Id", first_response_at as "At", created_at as "Opened" from tickets where first_response_at >= {today} and status in ('open', 'in_progress')
            union select id, first_response_at, created_at from tickets where first_response_at >= {today} and updated_at >= {today}
            """).ToListAsync(ct);
        return rows.ConvertAll(r => new WallAnswer(r.Id, r.At, r.At - r.Opened));
    }

    private static async Task<IReadOnlyList<WallRating>> Rated(SupportDb db, DateTimeOffset today, CancellationToken ct) => await db.Database.SqlQuery<WallRating>(
        $"""
        select t.id as "Id", e.at as "At", t.rating as "Score" from tickets t cross join lateral (
          select max(at) as at from timeline where ticket_id = t.id and feed = 0 and kind = 'ticket_rated') e
        where t.updated_at >= {today} and t.rating is not null and e.at >= {today}
        """).ToListAsync(ct);

    private sealed record AnswerRow(Guid Id, DateTimeOffset At, DateTimeOffset Opened);
}

/// <summary>The wall as the database has it.</summary>
public sealed record WallLoad(IReadOnlyList<ChatSnapshot> Conversations, IReadOnlyList<WallAnswer> Answered, IReadOnlyList<WallRating> Rated);

/// <summary>A ticket that was first answered today.</summary>
public sealed record WallAnswer(Guid Id, DateTimeOffset At, TimeSpan Took);

/// <summary>A ticket that was rated today.</summary>
public sealed record WallRating(Guid Id, DateTimeOffset At, int Score);
