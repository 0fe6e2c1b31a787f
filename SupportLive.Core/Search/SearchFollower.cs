using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Search;

/// <summary>
/// A durable follower of the log, on the one node that holds its advisory lock: makes entries findable. A quiet desk finds a message about a
/// second after it was written. While much is written it takes a tenth of the time, which is some thousand messages a second; what comes faster
/// is found later, and nobody who writes waits for it.
/// </summary>
public sealed class SearchFollower(DatabaseAddress address, LogPulse pulse, OutageLog outages, ILogger<SearchFollower> log) : BackgroundService
{
    private const int BusyBeats = 25;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Follow(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
        }
    }

    // The lock lives and dies with this session, and all work is done on it: who lost the lock cannot write.
    private async Task Follow(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, ApplicationName = "supportlive-search" }.ConnectionString);
        await connection.OpenAsync(ct);
        await using (var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Locks.Search } } })
        {
            if (await command.ExecuteScalarAsync(ct) is not true) return;
        }

        await using (var command = new NpgsqlCommand("select exists (select from pg_extension where extname = 'pg_trgm')", connection))
        {
            if (await command.ExecuteScalarAsync(ct) is not true) log.LogWarning("PostgreSQL has no extension pg_trgm here, so search finds no misspelled words. A superuser can add it: create extension pg_trgm");
        }

        var index = new SearchIndex(connection);
        await index.Begin(ct);
        while (!ct.IsCancellationRequested)
        {
            var next = pulse.Next; // taken before the page: what comes during it wakes the next one
            var began = Stopwatch.GetTimestamp();
            var rows = await index.Next(ct);
            var took = Stopwatch.GetElapsedTime(began);
            if (rows < SearchIndex.PageSize)
            {
                await Task.WhenAny(next, Task.Delay(Look, ct));
                await Task.Delay(Pace, ct);
                continue;
            }

            // There is more. An idle database gives half of its time; one that is being written to gives a tenth.
            if (await Busy(took, ct)) await Task.Delay(took * 8, ct);
        }
    }

    // Rests, and listens how often the log grows meanwhile.
    private async Task<bool> Busy(TimeSpan rest, CancellationToken ct)
    {
        var (beats, end) = (0, Stopwatch.GetTimestamp());
        var done = Task.Delay(rest, ct);
        while (await Task.WhenAny(pulse.Next, done) != done) beats++;
        return beats > BusyBeats * Stopwatch.GetElapsedTime(end).TotalSeconds;
    }
}
