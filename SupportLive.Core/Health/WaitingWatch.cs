using Microsoft.Extensions.Hosting;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Health;

/// <summary>Counts the tickets that wait while figures are sent elsewhere; without that, only who opens the system page counts them.</summary>
public sealed class WaitingWatch(NpgsqlDataSource database, Meters meters, OutageLog outages) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var command = database.CreateCommand("select count(*) from tickets where status = 'open'");
                meters.Waiting((long)(await command.ExecuteScalarAsync(stoppingToken))!);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            await Task.Delay(Pause, stoppingToken);
        }
    }
}
