using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Web.Live;

/// <summary>
/// Every <see cref="Pause"/> compares what each connection has been shown with how far its tickets have come, and delivers what is
/// missing. One read for all connections of this node.
/// </summary>
public sealed class HubHeartbeat(HubClients clients, ChatQueries chats, Epoch epoch, ILogger<HubHeartbeat> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private const int Stretch = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var stretch in clients.JoinedTickets().Chunk(Stretch))
                {
                    foreach (var heads in await chats.Heads(stretch, stoppingToken)) clients.Tell(heads with { Epoch = epoch.Value });
                }
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                log.LogDebug("No heartbeat while the database does not answer: {Reason}", e.Message);
            }
        }
    }
}
