using Microsoft.AspNetCore.SignalR;

namespace SupportLive.Web.Live;

/// <summary>
/// When this node is asked to end, its clients are told to connect again, before their lines are cut: stock clients then do so at once, and
/// the balancer leads them elsewhere. Clients that have heard hang up by themselves; who does not is waited for a second.
/// </summary>
public sealed class Farewell(IHubContext<SupportHub> hub, HubClients clients, IHostApplicationLifetime lifetime, ILogger<Farewell> log) : IHostedService
{
    /// <summary>Never sent as it is: <see cref="LenientProtocol"/> writes the closing frame in its place.</summary>
    internal const string Name = "farewell";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private CancellationTokenRegistration registration;

    // Callbacks run last in, first out, so this one comes before SignalR's own, which cuts the lines.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        registration = lifetime.ApplicationStopping.Register(() => Say().Wait(Patience, CancellationToken.None));
        return Task.CompletedTask;
    }

    private async Task Say()
    {
        try
        {
            await Task.Run(() => hub.Clients.All.SendAsync(Name, CancellationToken.None));
            await clients.Gone;
        }
        catch (Exception e)
        {
            log.LogDebug("Not everybody was told that this node ends: {Reason}", e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        registration.Dispose();
        return Task.CompletedTask;
    }
}
