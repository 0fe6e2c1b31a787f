using Npgsql;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Chat;

/// <summary>One batch of messages = one round trip = one transaction, and all or nothing: see <see cref="Write"/>.</summary>
internal sealed class MessageBatch(Guid node)
{
    /// <summary>The customer wrote on a resolved ticket: the caller reopens it and stores the message in one move.</summary>
    public const string ReopensCode = "reopens";

    private const string Fine = "ok";

    // Statement 1 takes the row locks of all tickets in the batch, in id order, so that two nodes never wait for each other in
    // a circle. Statement 2 runs in the same transaction but, under READ COMMITTED, on a newer snapshot: it sees what was
    // committed while statement 1 waited. Both are sent at once; the implicit transaction ends with the batch.
    private const string Lock = "select count(*) from (select from tickets where id = any($1) order by id for no key update) locked";

    // verdict: known client ids first (they get their first answer even if the ticket has closed since), then the rules of
    // TicketTable.CanRead, CanReadNotes and CanWrite; a test compares the two for every status and person.
    // Places are counted by the caller (nth: of its ticket and feed; before: public ones before a note) and hold only if every
    // message is stored, so one refusal writes nothing. The time is taken under the lock, so times follow the order of a feed.
    private const string Append =
        """
        with judged as materialized (
            select i.*, t.customer_id, t.public_seq, t.staff_seq, k.id as known_id, k.seq as known_seq, k.at as known_at, clock_timestamp() as at,
              case
                when k.id is not null then case when k.body = i.body and k.feed = i.feed and k.kind in ('message', 'note') then 'duplicate' else 'client_id_reused' end
                when t.id is null or not (t.customer_id = i.author_id or i.is_staff) then 'not_found'
                when i.feed = 1 and not (i.is_staff and (i.reads_all or t.assignee_id is not distinct from i.author_id)) then 'forbidden'
                when t.status = 'closed' then 'ticket_closed'
                when t.status = 'rejected' then 'ticket_rejected'
                when i.feed = 1 then 'ok'
                when t.customer_id = i.author_id then case when t.status = 'resolved' then 'reopens' else 'ok' end
                when t.status = 'open' then 'not_accepted'
                when t.assignee_id = i.author_id then 'ok'
                else 'not_yours'
              end as verdict
            from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::bool[], $6::bool[], $7::smallint[], $8::uuid[], $9::text[], $10::text[], $11::int[], $12::int[])
              as i(n, ticket_id, author_id, author_role, is_staff, reads_all, feed, id, client_id, body, nth, before)
            left join tickets t on t.id = i.ticket_id
            left join timeline k on k.ticket_id = i.ticket_id and k.author_id = i.author_id and k.client_id = i.client_id
        ), fine as materialized (
            select bool_and(verdict = 'ok') as all_of_them from judged
        ), appended as (
            insert into timeline (ticket_id, feed, seq, id, kind, author_id, author_role, client_id, body, after, at, node)
            select ticket_id, feed, case feed when 0 then public_seq else staff_seq end + nth, id, case feed when 0 then 'message' else 'note' end,
              author_id, author_role, client_id, body, case feed when 1 then public_seq + before end, at, $13
            from judged where (select all_of_them from fine)
        ), counted as (
            update tickets t set
              public_seq = public_seq + c.publics, staff_seq = staff_seq + c.notes,
              last_message_at = case when c.publics > 0 then clock_timestamp() else last_message_at end,
              first_response_at = case when c.first_author <> customer_id or c.other_author <> customer_id then coalesce(first_response_at, clock_timestamp()) else first_response_at end,
              waiting_since = case when c.publics = 0 then waiting_since when c.last_author = customer_id then coalesce(waiting_since, clock_timestamp()) end
            from unnest($14::uuid[], $15::int[], $16::int[], $17::uuid[], $18::uuid[], $19::uuid[]) as c(ticket_id, publics, notes, first_author, other_author, last_author)
            where t.id = c.ticket_id and (select all_of_them from fine)
        )
        select n, verdict, coalesce(known_seq, case feed when 0 then public_seq else staff_seq end + nth), known_id, coalesce(known_at, at), customer_id,
          case feed when 1 then public_seq + before end
        from judged
        """;

    /// <summary>
    /// Stores all of the messages, or none: then those that are refused or already known have their answer, and the others
    /// (<see cref="BatchAnswer.Outcome"/> is null) are to be written again without them.
    /// </summary>
    public async Task<BatchAnswer[]> Write(NpgsqlConnection connection, List<PendingMessage> pending)
    {
        var columns = new MessageColumns(pending);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 10 };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock) { Parameters = { columns.Tickets() } });
        var append = new NpgsqlBatchCommand(Append);
        columns.AddTo(append.Parameters, node);
        batch.BatchCommands.Add(append);

        var answers = new BatchAnswer[pending.Count];
        var stored = true;
        await using var row = await batch.ExecuteReaderAsync();
        await row.NextResultAsync();
        while (await row.ReadAsync())
        {
            var n = row.GetInt32(0);
            answers[n] = Answer(row, pending[n], columns.Ids[n]);
            stored &= answers[n].Posted is not null;
        }

        if (stored) return answers;
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Posted is not null) answers[i] = default; // it would have been stored, had the others been too
        }

        return answers;
    }

    private static BatchAnswer Answer(NpgsqlDataReader row, PendingMessage pending, Guid id) => row.GetString(1) switch
    {
        Fine => Stored(row, pending, id),
        "duplicate" => new(new Ack(row.GetGuid(3), row.GetInt32(2), pending.Feed, row.GetFieldValue<DateTimeOffset>(4), Duplicate: true), null),
        "client_id_reused" => new(TicketRefusals.ClientIdReused, null),
        "not_found" => new(Refusal.NotFound(), null),
        "forbidden" => new(Refusal.Forbidden("Only staff write notes."), null),
        "ticket_closed" => new(TicketRefusals.Closed, null),
        "ticket_rejected" => new(TicketRefusals.Rejected, null),
        "reopens" => new(new Refusal(RefusalKind.Conflict, ReopensCode, ""), null),
        "not_accepted" => new(TicketRefusals.NotAccepted, null),
        "not_yours" => new(TicketRefusals.NotYours, null),
        var unknown => throw new InvalidOperationException($"Unknown verdict {unknown}."),
    };

    private static BatchAnswer Stored(NpgsqlDataReader row, PendingMessage pending, Guid id)
    {
        var (actor, message) = (pending.Actor, pending.Message);
        var ack = new Ack(id, row.GetInt32(2), pending.Feed, row.GetFieldValue<DateTimeOffset>(4), Duplicate: false);
        var entry = new EntryView(
            message.TicketId, ack.Feed, ack.Seq, ack.Id, ack.Feed == Feed.Public ? Wire.Message : Wire.Note, new AuthorView(actor.Id, actor.DisplayName, actor.Role),
            message.Body, null, [], message.ClientId, ack.At, row.IsDBNull(6) ? null : row.GetInt32(6));
        return new(ack, new MessagePosted(entry, row.GetGuid(5)));
    }
}
