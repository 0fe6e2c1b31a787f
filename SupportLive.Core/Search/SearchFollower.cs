using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Search;

/// <summary>
/// Makes entries findable. A quiet desk finds a message about a second after it was written. While much is written it takes a twentieth of
/// the time, which is about a thousand messages a second; what comes faster is found later, and nobody who writes waits for it.
/// </summary>
public sealed class SearchFollower(DatabaseAddress address, LogPulse pulse, OutageLog outages, ILogger<SearchFollower> log) : DurableFollower(address, outages, "search", Locks.Search)
{
    private const int BusyBeats = 25;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task Follow(NpgsqlConnection session, CancellationToken ct)
    {
        await using (var command = new NpgsqlCommand("select exists (select from pg_extension where extname = 'pg_trgm')", session))
        {
            if (await command.ExecuteScalarAsync(ct) is not true) log.LogWarning("PostgreSQL has no extension pg_trgm here, so search finds no misspelled words. A superuser can add it: create extension pg_trgm");
        }

        var index = new SearchIndex(session);
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

            // There is more. An idle database gives half of its time; one that is being written to gives a twentieth, in
            // pieces so short that nobody who writes feels them.
            await Task.Delay(took * (pulse.PerSecond > BusyBeats ? 19 : 1), ct);
        }
    }
}
