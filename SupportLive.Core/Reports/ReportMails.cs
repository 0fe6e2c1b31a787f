using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outbound.Mail;

namespace SupportLive.Core.Reports;

/// <summary>
/// Puts mails that the clock sends into the outbox: scheduled reports, and the summary of the day before. Every node looks, and the key of a row says
/// for which day and whom it is, so it is one row whoever comes first, and what nobody looked for while all nodes were down is caught up once.
/// </summary>
public sealed class ReportMails(NpgsqlDataSource database, Settings settings, MailOptions options, MailCall call, TimeProvider time, OutageLog outages) : BackgroundService
{
    /// <summary>On the clocks of the business hours.</summary>
    public const int SummaryHour = 8;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private const string AddReports =
        """
        insert into outbox (id, key, address, kind, data, next_at, give_up_at, created_at)
        select gen_random_uuid(), $1 || lower(a.address), a.address, 'report', $2, $3, $4, $3 from unnest($5) a(address)
        on conflict (key) do nothing
        """;

    // Whoever may read reports, was there when it was due, and has not said no.
    private const string AddSummaries =
        """
        insert into outbox (id, key, account_id, kind, data, next_at, give_up_at, created_at)
        select gen_random_uuid(), $1 || a.id, a.id, 'summary', $2, $3, $4, $3
        from accounts a left join mail_preferences p on p.account_id = a.id and p.event = 'summary'
        where a.disabled_at is null and a.email is not null and a.created_at < $5 and coalesce(p.mail, true) and exists (
          select from account_roles ur join role_claims c on c.role_id = ur.role_id and c.claim_type = 'permission' and c.claim_value = 'reports.read' where ur.user_id = a.id)
        on conflict (key) do nothing
        """;

    // What this node has put in, so that it does not ask the database again; by key, with when it was due.
    private readonly Dictionary<string, DateTimeOffset> put = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);

    private TimeSpan Within => TimeSpan.FromHours(options.GiveUpHours);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            await Task.Delay(Every, time, stoppingToken);
        }
    }

    /// <summary>Puts in what is due and was not put in yet. Gives how many mails that are.</summary>
    public async Task<int> Look(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            var made = await Summaries(now, ct);
            foreach (var schedule in (await settings.Get(ReportSchedules.Key, ct)).Value.Items) made += await Reports(schedule, now, ct);
            foreach (var (key, due) in put.ToList())
                if (now - due >= Within) put.Remove(key); // never asked for again
            if (made > 0) call.Wake();
            return made;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<int> Summaries(DateTimeOffset now, CancellationToken ct)
    {
        var due = DueMoment.Last(ReportCadence.Daily, SummaryHour, (await settings.Get(BusinessHours.Key, ct)).Value.Time().Zone, now);
        var key = $"summary/{Iso(due.Day)}/";
        if (now - due.At >= Within || put.ContainsKey(key)) return 0;
        var made = await Add(AddSummaries, key, new ClockData(null, due.Day, due.At), now, new() { Value = due.At, NpgsqlDbType = NpgsqlDbType.TimestampTz }, ct);
        put[key] = due.At;
        return made;
    }

    private async Task<int> Reports(ReportSchedule schedule, DateTimeOffset now, CancellationToken ct)
    {
        if (schedule.Due(now, Within) is not { } due) return 0;
        var prefix = $"report/{schedule.Id}/{Iso(due.Day)}/";
        var addresses = (schedule.Addresses ?? []).OfType<string>().Where(a => !put.ContainsKey(prefix + a)).ToArray();
        if (addresses.Length == 0) return 0;
        var made = await Add(AddReports, prefix, new ClockData(schedule.Id, due.Day, due.At), now, new() { Value = addresses }, ct);
        foreach (var address in addresses) put[prefix + address] = due.At;
        return made;
    }

    private async Task<int> Add(string sql, string key, ClockData data, DateTimeOffset now, NpgsqlParameter last, CancellationToken ct)
    {
        await using var add = database.CreateCommand(sql);
        add.Parameters.Add(new() { Value = key });
        add.Parameters.Add(new() { Value = JsonSerializer.Serialize(data, Wire.Json), NpgsqlDbType = NpgsqlDbType.Jsonb });
        add.Parameters.Add(new() { Value = now });
        add.Parameters.Add(new() { Value = now + Within });
        add.Parameters.Add(last);
        return await add.ExecuteNonQueryAsync(ct);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What a row of the outbox says of a mail that the clock sends.</summary>
/// <param name="Schedule">Null for the summary.</param>
/// <param name="Day">The day on which it was due, on the clocks that it is sent by.</param>
/// <param name="Due">The instant.</param>
internal sealed record ClockData(Guid? Schedule, DateOnly Day, DateTimeOffset Due);
