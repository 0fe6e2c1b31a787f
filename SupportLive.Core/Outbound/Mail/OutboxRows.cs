using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Data;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// What senders do to the outbox, each a statement of its own. A row is taken for as long as its lease lasts, which the database's clock ends when
/// the node that took it is gone; due times are compared with the caller's clock.
/// </summary>
public sealed class OutboxRows(NpgsqlDataSource database, MailOptions options)
{
    // Messages that wait for their reader. Read, or no business of that person any more: there is nothing to tell. Seen here within the last minute
    // and a half (open pages say so once a minute): look again later. What a mail has told already is not unread for the next one. Answers which may go.
    private const string Judge =
        """
        with due as materialized (
            select id, account_id, ticket_id, seq, attempts = 0 and give_up_at < $1 as late from outbox
            where status = 'waiting' and kind = 'reply' and seq_to is null and next_at <= $1 order by next_at limit 500 for update skip locked
        ), judged as materialized (
            select d.id, a.last_seen_at >= $1 - interval '90 seconds' as here,
              a.disabled_at is not null or d.late or d.account_id is distinct from t.customer_id and d.account_id is distinct from t.assignee_id or not exists (
                select from timeline e where e.ticket_id = d.ticket_id and e.feed = 0 and e.kind = 'message' and e.author_id is distinct from d.account_id
                  and e.seq >= greatest(d.seq, coalesce(m.seq, 0) + 1, coalesce((select max(o.seq_to) from outbox o where o.kind = 'reply' and o.account_id = d.account_id and o.ticket_id = d.ticket_id and o.seq < d.seq), 0) + 1)) as over
            from due d join accounts a on a.id = d.account_id left join tickets t on t.id = d.ticket_id
              left join read_marks m on m.ticket_id = d.ticket_id and m.account_id = d.account_id
        ), told as (
            delete from outbox o using judged j where o.id = j.id and j.over
        ), here as (
            update outbox o set next_at = $1 + interval '30 seconds' from judged j where o.id = j.id and j.here and not j.over
        )
        select coalesce(array_agg(id), '{}') from judged where not over and here is not true
        """;

    // Messages go as far as the next row begins, if there is one. Whoever has had enough mails in this hour waits, mails about the account aside. Messages only when they have been judged just now.
    private const string Claim =
        """
        with due as (
            select o.id from outbox o
            where o.status = 'waiting' and o.next_at <= $1 and (o.lease_until is null or o.lease_until < now())
              and (o.kind <> 'reply' or o.seq_to is not null or o.id = any($6))
            order by o.next_at limit $2 for update skip locked
        ), much as (
            select o.id from outbox o join due d using (id)
            where o.kind <> all ($5) and (select count(*) from outbox s where s.account_id = o.account_id and s.sent_at > $1 - interval '1 hour') >= $4
        ), later as (
            update outbox o set next_at = $1 + interval '10 minutes', last_answer = 'Waits: this person has had many mails in this hour.' from much m where o.id = m.id
        )
        update outbox o set lease_until = now() + $3, attempts = o.attempts + 1,
          seq_to = case when o.kind = 'reply' then coalesce(o.seq_to, (select min(n.seq) - 1 from outbox n where n.kind = 'reply' and n.account_id = o.account_id and n.ticket_id = o.ticket_id and n.seq > o.seq), (select t.public_seq from tickets t where t.id = o.ticket_id)) end
        from due d where o.id = d.id and not exists (select from much m where m.id = o.id)
        returning o.id, o.account_id, o.address, o.kind, o.ticket_id, o.feed, o.seq, o.seq_to, o.data::text, o.attempts, o.give_up_at
        """;

    private const string SentLately = "select count(*) from outbox where status = 'sent' and sent_at > $1 - interval '1 minute'";

    private const string Finish =
        """
        update outbox set status = $2, next_at = coalesce($3, next_at), lease_until = null, last_answer = $4, address = coalesce($5, address), message_id = coalesce($6, message_id),
          subject = coalesce($7, subject), text = coalesce($8, text), html = coalesce($9, html), sent_at = coalesce($10, sent_at), seq_to = case when $11 then null else seq_to end
        where id = $1
        """;

    // What was sent is shown for a month, and that something was sent for a quarter of a year.
    private const string Sweep =
        """
        update outbox set text = null, html = null where ctid in (select ctid from outbox where created_at < $1 - interval '30 days' and text is not null and status <> 'waiting' limit 1000);
        delete from outbox where ctid in (select ctid from outbox where created_at < $1 - interval '90 days' and status <> 'waiting' limit 1000);
        delete from inbound_mails where ctid in (select ctid from inbound_mails where at < $1 - interval '90 days' limit 1000);
        """;

    private static readonly string[] OfAccounts = [.. MailKinds.All.Where(MailKinds.IsOfAccount)];

    /// <summary>Takes up to so many that are due.</summary>
    public async Task<IReadOnlyList<TakenMail>> Take(int most, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await database.OpenConnectionAsync(ct);
        Guid[] unread;
        await using (var judge = new NpgsqlCommand(Judge, session) { Parameters = { new() { Value = now } } }) unread = (Guid[])(await judge.ExecuteScalarAsync(ct))!;
        if (options.Sends)
        {
            await using var count = new NpgsqlCommand(SentLately, session) { Parameters = { new() { Value = now } } };
            most = (int)Math.Min(most, options.PerMinute - (long)(await count.ExecuteScalarAsync(ct))!);
            if (most <= 0) return [];
        }

        await using var claim = new NpgsqlCommand(Claim, session)
        {
            Parameters = { new() { Value = now }, new() { Value = most }, new() { Value = TimeSpan.FromSeconds(options.LeaseSeconds) }, new() { Value = options.PerRecipientPerHour }, new() { Value = OfAccounts }, new() { Value = unread } },
        };
        var taken = new List<TakenMail>();
        await using var row = await claim.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            taken.Add(new TakenMail(
                row.GetGuid(0), Value<Guid>(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), Value<Guid>(4), Value<short>(5), Value<int>(6), Value<int>(7),
                row.IsDBNull(8) ? null : row.GetString(8), row.GetInt32(9), row.GetFieldValue<DateTimeOffset>(10)));
        }

        return taken;

        T? Value<T>(int n) where T : struct => row.IsDBNull(n) ? null : row.GetFieldValue<T>(n);
    }

    /// <summary>What became of an attempt. Ends the lease.</summary>
    /// <param name="open">Nobody has this letter: what is written until the next attempt belongs to it.</param>
    public async Task Done(TakenMail mail, MailStatus status, string words, DateTimeOffset? next, DateTimeOffset? sent, Letter? letter, bool secret, bool open, CancellationToken ct)
    {
        await using var finish = database.CreateCommand(Finish);
        // The way into an account is kept only where nothing else has it.
        var hidden = secret && status != MailStatus.Kept;
        foreach (var value in (object?[])[mail.Id, SnakeCase.Of(status.ToString()), next, words, letter?.To, letter?.MessageId, letter?.Subject, hidden ? null : letter?.Text, hidden ? null : letter?.Html, sent, open])
            finish.Parameters.Add(value switch { null => new() { Value = DBNull.Value, NpgsqlDbType = finish.Parameters.Count is 2 or 9 ? NpgsqlDbType.TimestampTz : NpgsqlDbType.Text }, _ => new() { Value = value } });
        await finish.ExecuteNonQueryAsync(ct);
    }

    /// <summary>There is nothing to tell any more.</summary>
    public async Task Drop(TakenMail mail, CancellationToken ct)
    {
        await using var drop = database.CreateCommand("delete from outbox where id = $1");
        drop.Parameters.Add(new() { Value = mail.Id });
        await drop.ExecuteNonQueryAsync(ct);
    }

    public async Task<string?> Suppressed(string address, CancellationToken ct)
    {
        await using var find = database.CreateCommand("select answer from suppressed_addresses where address = $1");
        find.Parameters.Add(new() { Value = address.ToLowerInvariant() });
        return await find.ExecuteScalarAsync(ct) as string;
    }

    public async Task Suppress(string address, string answer, DateTimeOffset now, CancellationToken ct)
    {
        await using var add = database.CreateCommand("insert into suppressed_addresses (address, answer, at) values ($1, $2, $3) on conflict (address) do update set answer = excluded.answer, at = excluded.at");
        foreach (var value in (object[])[address.ToLowerInvariant(), answer, now]) add.Parameters.Add(new() { Value = value });
        await add.ExecuteNonQueryAsync(ct);
    }

    public async Task Forget(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var statement in Sweep.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var sweep = database.CreateCommand(statement);
            sweep.Parameters.Add(new() { Value = now });
            await sweep.ExecuteNonQueryAsync(ct);
        }
    }
}

/// <summary>A row that this node has taken.</summary>
/// <param name="Attempts">This one included.</param>
public sealed record TakenMail(Guid Id, Guid? AccountId, string? Address, string Kind, Guid? TicketId, short? Feed, int? Seq, int? SeqTo, string? Data, int Attempts, DateTimeOffset GiveUpAt);
