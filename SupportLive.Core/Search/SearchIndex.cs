using Npgsql;
using NpgsqlTypes;

namespace SupportLive.Core.Search;

/// <summary>
/// Brings what can be found up to the log, page by page, over one session of its own. Each page and the place that it leads to commit together,
/// and a row that is there already stays as it is: after any crash nothing is missing and nothing is there twice.
/// </summary>
/// <remarks>
/// The first time, and after the place was lost, it goes through the whole log by ticket; from then on by transaction, below the oldest one that
/// still runs, as all followers do. A ticket's own row is made from the ticket as it stands, at its opening and whenever it was edited.
/// </remarks>
public sealed class SearchIndex(NpgsqlConnection session)
{
    public const int PageSize = 100;

    private const string ByTicket = "(e.ticket_id, e.feed, e.seq) > ($3, $4, $5) order by e.ticket_id, e.feed, e.seq";
    private const string ByTransaction = "e.tx >= $1 and e.tx < $2 and (e.tx, e.ticket_id, e.feed, e.seq) > ($1, $3, $4, $5) order by e.tx, e.ticket_id, e.feed, e.seq";

    // 'english' knows that "invoices" is an invoice, 'simple' keeps every word as it was written (names, other languages, beginnings of words).
    private const string Append =
        """
        with page as materialized (
            select e.tx, e.ticket_id, e.feed, e.seq, e.kind, e.body, e.at from timeline e where {0} limit $6
        ), texts as materialized (
            select p.ticket_id, p.feed, p.seq, case p.feed when 0 then t.customer_id end as customer_id, p.at, p.body as text
              from page p join tickets t on t.id = p.ticket_id
              where p.kind in ('message', 'note') and p.body is not null
                and not exists (select from search_entries s where s.ticket_id = p.ticket_id and s.feed = p.feed and s.seq = p.seq)
            union all
            select t.id, 0::smallint, 1, t.customer_id, t.created_at, t.subject || E'\n' || t.description
              from tickets t where t.id in (select ticket_id from page where kind in ('ticket_created', 'ticket_updated'))
        ), words as (
            select word, count(*) as entries from texts, unnest(tsvector_to_array(to_tsvector('simple', text))) word
            where word ~ '^[[:alpha:]]{{4,30}}$' group by word
        ), known as (
            insert into search_words as w (word, entries) select word, entries from words order by word
            on conflict (word) do update set entries = least(1000, w.entries + excluded.entries) where w.entries < 1000
        ), found as (
            insert into search_entries as s (ticket_id, feed, seq, customer_id, at, words)
            select ticket_id, feed, seq, customer_id, at, to_tsvector('english', text) || to_tsvector('simple', text) from texts order by at
            on conflict (ticket_id, feed, seq) do update set words = excluded.words where s.words <> excluded.words
        )
        select tx, ticket_id, feed, seq, (select count(*) from page)::int from page order by {1} limit 1
        """;

    private static readonly string Whole = string.Format(System.Globalization.CultureInfo.InvariantCulture, Append, ByTicket, "ticket_id desc, feed desc, seq desc");
    private static readonly string Since = string.Format(System.Globalization.CultureInfo.InvariantCulture, Append, ByTransaction, "tx desc, ticket_id desc, feed desc, seq desc");

    private (Guid Ticket, short Feed, int Seq) last;
    private ulong? from;
    private ulong? fillingUpTo;

    /// <summary>Reads where it stands.</summary>
    public async Task Begin(CancellationToken ct)
    {
        // A crash may take the last pages back, index and place together; they are made again.
        await using (var relaxed = new NpgsqlCommand("set synchronous_commit = off", session)) await relaxed.ExecuteNonQueryAsync(ct);
        await using var command = new NpgsqlCommand("select tx from follower_cursors where name = 'search'", session);
        from = await command.ExecuteScalarAsync(ct) is { } tx ? Convert.ToUInt64(tx, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    /// <summary>One page; answers how many rows of the log it had, <see cref="PageSize"/> if there may be more.</summary>
    public async Task<int> Next(CancellationToken ct)
    {
        await using var transaction = await session.BeginTransactionAsync(ct);
        var horizon = await Horizon(ct);
        if (from is null) fillingUpTo ??= horizon;
        else if (horizon <= from) return 0;
        var filling = from is null;
        var (rows, tx) = await Page(filling ? Whole : Since, from ?? 0, horizon, ct);
        var full = rows == PageSize;
        var reached = filling ? full ? null : fillingUpTo : full ? tx : horizon;
        if (!full) last = default;
        if (reached is { } place && (rows > 0 || filling || place - from > 10_000))
        {
            await using var move = new NpgsqlCommand("insert into follower_cursors (name, tx) values ('search', $1) on conflict (name) do update set tx = excluded.tx", session);
            move.Parameters.Add(new() { Value = place, NpgsqlDbType = NpgsqlDbType.Xid8 });
            await move.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        from = reached ?? from;
        return filling && !full ? PageSize : rows; // behind the whole log comes what was written meanwhile
    }

    private async Task<ulong> Horizon(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_snapshot_xmin(pg_current_snapshot())", session);
        return Convert.ToUInt64(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<(int Rows, ulong Tx)> Page(string sql, ulong since, ulong horizon, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, session);
        command.Parameters.Add(new() { Value = since, NpgsqlDbType = NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = horizon, NpgsqlDbType = NpgsqlDbType.Xid8 });
        foreach (var value in (object[])[last.Ticket, last.Feed, last.Seq, PageSize]) command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return (0, since);
        last = (row.GetGuid(1), row.GetInt16(2), row.GetInt32(3));
        return (row.GetInt32(4), row.GetFieldValue<ulong>(0));
    }
}
