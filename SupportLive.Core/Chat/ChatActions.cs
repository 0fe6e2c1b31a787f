using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Chat;

/// <summary>Everything that people do in a conversation.</summary>
public sealed class ChatActions(MessageWriter writer, TicketLock tickets, Signals signals, IDbContextFactory<SupportDb> dbs, TimeProvider time)
{
    public static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<(Guid, Guid), long> typed = new();

    /// <summary>
    /// Stores a message or a note; the answer means that it is durable. A known client id gets its first answer, also when the ticket
    /// has closed since. Refused: not_found, forbidden, ticket_closed, ticket_rejected, move_not_allowed, client_id_reused, invalid, busy; ticket_merged names the ticket to write in.
    /// </summary>
    public async Task<Outcome<Ack>> Post(Actor actor, NewMessage message, CancellationToken ct)
    {
        if (message.Check() is { } refusal) return refusal;
        var outcome = await writer.Write(actor, message);
        return outcome.Refusal?.Code switch
        {
            MessageBatch.ReopensCode => await Reopen(actor, message, ct),
            TicketRefusals.ClosedCode => await Closed(actor, message.TicketId, ct), // nobody pays for this question who can write
            _ => outcome,
        };
    }

    private async Task<Refusal> Closed(Actor actor, Guid ticketId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var into = await db.Tickets.Where(t => t.Id == ticketId && t.MergedInto != null && (actor.IsStaff || t.CustomerId == actor.Id))
            .Join(db.Tickets, t => t.MergedInto, o => o.Id, (_, o) => new OtherTicket(o.Id, o.Number)).SingleOrDefaultAsync(ct);
        return into is null ? TicketRefusals.Closed : TicketRefusals.Merged(into);
    }

    // "Solved? Not yet": writing on a resolved ticket reopens it first. Should the node die between the two, the message was not
    // acknowledged, and its retry finds the ticket open.
    private async Task<Outcome<Ack>> Reopen(Actor actor, NewMessage message, CancellationToken ct)
    {
        var reopened = await tickets.Move(message.TicketId, actor, t => t.Status == TicketStatus.Resolved ? t.Reopen(actor, tickets.NodeId, time.GetUtcNow()) : new Done(), ct);
        return reopened.Ok ? await writer.Write(actor, message) : reopened.Refusal;
    }

    /// <summary>Moves the reader's mark forward; a smaller seq than before changes nothing.</summary>
    public async Task<Outcome<Done>> Read(Actor actor, Guid ticketId, int seq, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        if (ticket is null || !TicketTable.CanRead(ticket.State, actor)) return Refusal.NotFound();
        if (seq < 0 || seq > ticket.PublicSeq) return Refusal.Invalid("seq", "There is no such entry in this conversation.");
        // What has been read needs no notification any more; both change together, so that the badge and the conversation agree.
        var moved = await db.Database.ExecuteSqlAsync(
            $"""
            with told as (
                update notifications set read_at = now()
                where account_id = {actor.Id} and ticket_id = {ticketId} and feed = 0 and seq <= {seq} and read_at is null
            )
            insert into read_marks (ticket_id, account_id, seq, at) values ({ticketId}, {actor.Id}, {seq}, now())
            on conflict (ticket_id, account_id) do update set seq = excluded.seq, at = excluded.at where read_marks.seq < excluded.seq
            """, ct);
        if (moved > 0) signals.Send(new ReadMoved(ticketId, actor.Id, seq));
        return new Done();
    }

    /// <summary>Tells the others in the conversation; quietly drops what comes faster than every <see cref="TypingPause"/>.</summary>
    public async Task<Outcome<Done>> Type(Actor actor, Guid ticketId, CancellationToken ct)
    {
        var key = (ticketId, actor.Id);
        if (typed.TryGetValue(key, out var last) && time.GetElapsedTime(last) < TypingPause) return new Done();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        if (ticket is null || !TicketTable.CanRead(ticket.State, actor)) return Refusal.NotFound();
        if (!TicketTable.CanWrite(ticket.State, actor)) return new Done();
        if (typed.Count > 10_000) typed.Clear();
        typed[key] = time.GetTimestamp();
        signals.Send(new Typing(ticketId, new PersonView(actor.Id, actor.DisplayName)));
        return new Done();
    }
}
