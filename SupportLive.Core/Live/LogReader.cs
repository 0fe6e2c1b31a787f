using Npgsql;
using NpgsqlTypes;

namespace SupportLive.Core.Live;

/// <summary>
/// Reads the log in the order of writing transactions. Sequences and times cannot serve as a cursor (they become visible out
/// of order); a transaction id can, as long as the reader stays below the oldest transaction that still runs
/// (<c>pg_snapshot_xmin</c>): everything below it is visible now or never.
/// </summary>
public sealed class LogReader
{
    private const int PageSize = 1000;

    // One statement, so that horizon and rows are of one snapshot; one row without an entry says where the log ends when there is nothing new.
    private const string Page =
        """
        with place as materialized (
            select horizon, exists (select from timeline where tx >= horizon and node <> $5) as behind
            from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) s
        )
        select e.tx, e.ticket_id, e.feed, e.seq, e.id, e.kind, e.author_id, e.author_role, a.display_name, e.body, e.data::text, e.client_id, e.at, e.after, t.customer_id, p.horizon, p.behind
        from place p left join lateral (
            select * from timeline
            where tx >= $1 and tx < p.horizon and (tx, ticket_id, feed, seq) > ($1, $2, $3, $4) and node <> $5
            order by tx, ticket_id, feed, seq limit $6
        ) e on true left join tickets t on t.id = e.ticket_id left join accounts a on a.id = e.author_id
        order by e.tx, e.ticket_id, e.feed, e.seq
        """;

    /// <summary>Just behind everything that has been written.</summary>
    public async Task<LogCursor> End(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_snapshot_xmin(pg_current_snapshot())", connection);
        return new LogCursor((ulong)(await command.ExecuteScalarAsync(ct))!, Behind: false);
    }

    /// <summary>Hands over, page by page, what was written since the cursor by nodes other than <paramref name="except"/>.</summary>
    public async Task<LogCursor> Read(NpgsqlConnection connection, LogCursor from, Guid except, Func<IReadOnlyList<LogRow>, CancellationToken, Task> rows, CancellationToken ct)
    {
        var last = (Tx: from.Tx, Ticket: Guid.Empty, Feed: (short)0, Seq: 0);
        while (true)
        {
            var (page, reached) = (new List<LogRow>(), from);
            await using (var command = new NpgsqlCommand(Page, connection)
            {
                Parameters =
                {
                    new() { Value = last.Tx, NpgsqlDbType = NpgsqlDbType.Xid8 },
                    new() { Value = last.Ticket },
                    new() { Value = last.Feed },
                    new() { Value = last.Seq },
                    new() { Value = except },
                    new() { Value = PageSize },
                },
            })
            await using (var row = await command.ExecuteReaderAsync(ct))
            {
                while (await row.ReadAsync(ct))
                {
                    reached = new LogCursor(row.GetFieldValue<ulong>(15), row.GetBoolean(16));
                    if (row.IsDBNull(0)) continue;
                    last = (row.GetFieldValue<ulong>(0), row.GetGuid(1), row.GetInt16(2), row.GetInt32(3));
                    page.Add(LogRow.From(row));
                }
            }

            if (page.Count > 0) await rows(page, ct);
            if (page.Count < PageSize) return reached;
        }
    }
}

/// <summary>Everything written by transactions below <paramref name="Tx"/> has been read.</summary>
/// <param name="Behind">There were rows beyond the horizon that a still running older transaction holds back.</param>
public sealed record LogCursor(ulong Tx, bool Behind);

/// <summary>A row of the log with what its event needs to find its watchers.</summary>
public sealed record LogRow(EntryView Entry, Guid CustomerId)
{
    internal static LogRow From(NpgsqlDataReader row)
    {
        var author = row.IsDBNull(6) ? null : new AuthorView(row.GetGuid(6), row.IsDBNull(8) ? "" : row.GetString(8), row.IsDBNull(7) ? "" : row.GetString(7));
        return new LogRow(
            new EntryView(
                row.GetGuid(1), (Feed)row.GetInt16(2), row.GetInt32(3), row.GetGuid(4), row.GetString(5), author,
                row.IsDBNull(9) ? null : row.GetString(9), EntryView.ParseData(row.IsDBNull(10) ? null : row.GetString(10)), [],
                row.IsDBNull(11) ? null : row.GetString(11), row.GetFieldValue<DateTimeOffset>(12), row.IsDBNull(13) ? null : row.GetInt32(13)),
            row.GetGuid(14));
    }
}
