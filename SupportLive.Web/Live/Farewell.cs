using Microsoft.AspNetCore.SignalR;

namespace SupportLive.Web.Live;

/// <summary>
/// When this node is asked to end, its clients are told to connect again, before their lines are cut: stock clients then do so at once, and
/// the balancer leads them elsewhere. Whoever does not listen is not waited for.
/// </summary>
public sealed class Farewell(IHubContext<SupportHub> hub, IHostApplicationLifetime lifetime, ILogger<Farewell> log) : IHostedService
{
    /// <summary>Never sent as it is: <see cref="LenientProtocol"/> writes the closing frame in its place.</summary>
    internal const string Name = "farewell";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Leaving = TimeSpan.FromMilliseconds(300);

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
            await Task.Delay(Leaving); // what has been written has left before the lines are cut
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
