using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Health;

/// <summary>Says every five seconds that this node lives, and compares its clock with the database's on the way.</summary>
public sealed class NodeBeat(NodeFigures figures, Hearing hearing, Signals signals, NpgsqlDataSource database, OutageLog outages, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Compare(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                figures.DatabaseMs = null;
                outages.Failed(e);
            }

            hearing.Sent();
            signals.Send(new NodeSeen(figures.Now()));
            await Task.Delay(Pause, stoppingToken);
        }
    }

    // The database's time belongs to the middle of the round trip, give or take half of it.
    private async Task Compare(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        var (since, before) = (Stopwatch.GetTimestamp(), time.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var there = row.GetFieldValue<DateTimeOffset>(0);
        var took = Stopwatch.GetElapsedTime(since);
        hearing.ClockOffset = there - (before + (took / 2));
        figures.DatabaseMs = Math.Round(took.TotalMilliseconds, 2);
    }
}
