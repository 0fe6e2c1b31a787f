using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Chat;

/// <summary>One batch of messages = one round trip = one transaction.</summary>
internal sealed class MessageBatch(Guid node)
{
    /// <summary>The customer wrote on a resolved ticket: the caller reopens it and stores the message in one move.</summary>
    public const string ReopensCode = "reopens";

    // Statement 1 takes the row locks of all tickets in the batch, in id order, so that two nodes never wait for each other in
    // a circle. Statement 2 runs in the same transaction but, under READ COMMITTED, on a newer snapshot: it sees what was
    // committed while statement 1 waited. Both are sent at once; the implicit transaction ends with the batch.
    private const string Lock = "select id from tickets where id = any($1) order by id for no key update";

    // verdict: known client ids first (they get their first answer even if the ticket has closed since), then the rules of
    // TicketTable.CanRead, CanReadNotes and CanWrite; a test compares the two for every status and person.
    private const string Append =
        """
        with input as (
            select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::bool[], $6::bool[], $7::smallint[], $8::uuid[], $9::text[], $10::text[])
              as i(n, ticket_id, author_id, author_role, is_staff, reads_all, feed, id, client_id, body)
        ), judged as (
            select i.*, t.customer_id, t.public_seq, t.staff_seq, k.id as known_id, k.seq as known_seq, k.at as known_at,
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
            from input i
            left join tickets t on t.id = i.ticket_id
            left join timeline k on k.ticket_id = i.ticket_id and k.author_id = i.author_id and k.client_id = i.client_id
        ), placed as (
            select j.*, (case feed when 0 then public_seq else staff_seq end) + row_number() over (partition by ticket_id, feed order by n) as seq,
              case feed when 1 then public_seq + count(*) filter (where feed = 0) over (partition by ticket_id order by n) end as after
            from judged j where verdict = 'ok'
        ), appended as (
            insert into timeline (ticket_id, feed, seq, id, kind, author_id, author_role, client_id, body, after, node)
            select ticket_id, feed, seq, id, case feed when 0 then 'message' else 'note' end, author_id, author_role, client_id, body, after, $11 from placed order by n
            returning id, at
        ), counted as (
            select ticket_id, count(*) filter (where feed = 0) as publics, count(*) filter (where feed = 1) as notes,
              bool_or(feed = 0 and customer_id <> author_id) as answered,
              (array_agg(customer_id = author_id order by n desc) filter (where feed = 0))[1] as customer_last
            from placed group by ticket_id
        ), bumped as (
            update tickets t set
              public_seq = t.public_seq + c.publics, staff_seq = t.staff_seq + c.notes,
              last_message_at = case when c.publics > 0 then clock_timestamp() else t.last_message_at end,
              first_response_at = case when c.answered then coalesce(t.first_response_at, clock_timestamp()) else t.first_response_at end,
              waiting_since = case c.customer_last when true then coalesce(t.waiting_since, clock_timestamp()) when false then null else t.waiting_since end
            from counted c where t.id = c.ticket_id
        )
        select j.n, j.verdict, coalesce(p.seq, j.known_seq)::int, coalesce(j.known_id, j.id), coalesce(a.at, j.known_at), j.customer_id, p.after::int
        from judged j left join placed p using (n) left join appended a on a.id = j.id
        """;

    public async Task<BatchAnswer[]> Write(NpgsqlConnection connection, List<PendingMessage> pending)
    {
        var ids = new Guid[pending.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = Guid.CreateVersion7();

        await using var batch = new NpgsqlBatch(connection) { Timeout = 10 };
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Lock) { Parameters = { Array(pending, p => p.Message.TicketId, NpgsqlDbType.Uuid) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Append)
        {
            Parameters =
            {
                new() { Value = Enumerable.Range(0, pending.Count).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                Array(pending, p => p.Message.TicketId, NpgsqlDbType.Uuid),
                Array(pending, p => p.Actor.Id, NpgsqlDbType.Uuid),
                Array(pending, p => p.Actor.Role, NpgsqlDbType.Text),
                Array(pending, p => p.Actor.IsStaff, NpgsqlDbType.Boolean),
                Array(pending, p => p.Actor.ReadsEveryChat, NpgsqlDbType.Boolean),
                Array(pending, p => (short)FeedOf(p), NpgsqlDbType.Smallint),
                new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                Array(pending, p => p.Message.ClientId!, NpgsqlDbType.Text),
                Array(pending, p => p.Message.Body!, NpgsqlDbType.Text),
                new() { Value = node },
            },
        });

        var answers = new BatchAnswer[pending.Count];
        await using var row = await batch.ExecuteReaderAsync();
        await row.NextResultAsync();
        while (await row.ReadAsync())
        {
            var n = row.GetInt32(0);
            answers[n] = Answer(row, pending[n]);
        }

        return answers;
    }

    private static NpgsqlParameter Array<T>(List<PendingMessage> pending, Func<PendingMessage, T> of, NpgsqlDbType type)
    {
        var values = new T[pending.Count];
        for (var i = 0; i < values.Length; i++) values[i] = of(pending[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private static Feed FeedOf(PendingMessage pending) => pending.Message.Internal ? Feed.Staff : Feed.Public;

    private static BatchAnswer Answer(NpgsqlDataReader row, PendingMessage pending) => row.GetString(1) switch
    {
        "ok" => Stored(row, pending),
        "duplicate" => new(new Ack(row.GetGuid(3), row.GetInt32(2), FeedOf(pending), row.GetFieldValue<DateTimeOffset>(4), Duplicate: true), null),
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

    private static BatchAnswer Stored(NpgsqlDataReader row, PendingMessage pending)
    {
        var (actor, message) = (pending.Actor, pending.Message);
        var ack = new Ack(row.GetGuid(3), row.GetInt32(2), FeedOf(pending), row.GetFieldValue<DateTimeOffset>(4), Duplicate: false);
        var entry = new EntryView(
            message.TicketId, ack.Feed, ack.Seq, ack.Id, ack.Feed == Feed.Public ? Wire.Message : Wire.Note, new AuthorView(actor.Id, actor.DisplayName, actor.Role),
            message.Body, null, [], message.ClientId, ack.At, row.IsDBNull(6) ? null : row.GetInt32(6));
        return new(ack, new MessagePosted(entry, row.GetGuid(5)));
    }
}
