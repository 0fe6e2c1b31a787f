using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// Deletes what has been kept for long enough, once an hour, on the one node that holds the lock, in small batches that nobody waits for. Ended tickets go
/// only when somebody has set for how long they stay, and each batch that goes is audited (how many, and up to which number).
/// </summary>
public sealed class Retention(DatabaseAddress address, NpgsqlDataSource database, Settings settings, TimeProvider time, OutageLog outages) : DurableFollower(address, outages, "retention", Locks.Retention)
{
    private const int Batch = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    /// <summary>Whatever belongs to a ticket. A test compares it with the tables that there are.</summary>
    public static IReadOnlyList<string> Belongings { get; } = ["timeline", "read_marks", "notifications", "deadlines", "search_entries", "outbox", "reply_addresses", "inbound_mails"];

    private const string Ended = "from tickets where status in ('closed', 'rejected') and coalesce(closed_at, rejected_at) < $1";

    protected override async Task Follow(NpgsqlConnection session, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Sweep(session, ct);
            await Task.Delay(Pause, time, ct);
        }
    }

    private async Task Sweep(NpgsqlConnection session, CancellationToken ct)
    {
        var keep = (await settings.Get(RetentionSettings.Key, ct)).Value;
        if (keep.NotificationDays is { } days)
        {
            while (await Forget(session, time.GetUtcNow().AddDays(-days), ct) > 0) await Task.Delay(Breath, time, ct);
        }

        if (keep.TicketDays is not { } kept) return;
        // Asked again before each batch: whoever turns it off means now.
        while ((await settings.Get(RetentionSettings.Key, ct)).Value.TicketDays == kept && await Delete(session, time.GetUtcNow().AddDays(-kept), ct) > 0) await Task.Delay(Breath, time, ct);
    }

    private static async Task<int> Forget(NpgsqlConnection session, DateTimeOffset before, CancellationToken ct)
    {
        await using var delete = new NpgsqlCommand("delete from notifications where ctid in (select ctid from notifications where at < $1 limit 2000)", session) { Parameters = { new() { Value = before } } };
        return await delete.ExecuteNonQueryAsync(ct);
    }

    private static async Task<int> Delete(NpgsqlConnection session, DateTimeOffset before, CancellationToken ct)
    {
        await using var tx = await session.BeginTransactionAsync(ct);
        await using var find = new NpgsqlCommand($"select id, number {Ended} order by number limit {Batch} for update skip locked", session, tx) { Parameters = { new() { Value = before } } };
        var (tickets, numbers) = (new List<Guid>(), new List<long>());
        await using (var rows = await find.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                tickets.Add(rows.GetGuid(0));
                numbers.Add(rows.GetInt64(1));
            }
        }

        if (tickets.Count == 0) return 0;
        foreach (var sql in (string[])
        [
            "update tickets set follow_up_of = null where follow_up_of = any($1)", "update tickets set merged_into = null where merged_into = any($1)",
            .. Belongings.Select(table => $"delete from {table} where ticket_id = any($1)"), "delete from tickets where id = any($1)",
        ])
        {
            await using var command = new NpgsqlCommand(sql, session, tx) { Parameters = { new() { Value = tickets.ToArray() } } };
            await command.ExecuteNonQueryAsync(ct);
        }

        await using var record = new NpgsqlCommand("insert into audit (actor, act, subject_kind, subject, before) values ($1, $2, 'ticket', $3, jsonb_build_object('tickets', $4::int, 'numbers', to_jsonb($5::bigint[])))", session, tx)
        {
            Parameters =
            {
                new() { Value = Actor.SupportLive.DisplayName }, new() { Value = Acts.TicketsDeleted }, new() { Value = $"{tickets.Count} tickets up to #{numbers[^1]}" },
                new() { Value = tickets.Count }, new() { Value = numbers.ToArray() },
            },
        };
        await record.ExecuteNonQueryAsync(ct);
        await tx.CommitAsync(ct);
        return tickets.Count;
    }

    /// <summary>How many tickets would go now if ended ones were kept for so many days. Needs the permission to manage settings.</summary>
    public async Task<Outcome<long>> WouldDelete(Actor actor, int days, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        if (new RetentionSettings(null, days).Check() is { } refusal) return refusal;
        await using var count = database.CreateCommand($"select count(*) {Ended}");
        count.Parameters.Add(new() { Value = time.GetUtcNow().AddDays(-days) });
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }
}
