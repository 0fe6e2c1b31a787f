using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Web.Accounts;

/// <summary>The limits of this moment: what the configuration says, and over it what somebody has set since. Doors ask it without waiting.</summary>
public sealed class CurrentLimits(Limits configured, Settings settings, LiveStream stream, TimeProvider time, OutageLog outages) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(4);

    private volatile Limits? set;

    public Limits Now => set ?? configured;

    /// <summary>What counts where nothing was set.</summary>
    public Limits Configured => configured;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changes = stream.Subscribe(16);
        changes.Add(Topic.Settings);
        var events = changes.Read(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var change = events.MoveNextAsync().AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (change.IsCompleted) change = events.MoveNextAsync().AsTask();
            try
            {
                set = Over((await settings.Get(LimitSettings.Key, stoppingToken)).Value);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            await Task.WhenAny(change, Task.Delay(Look, time, stoppingToken));
        }
    }

    private Limits Over(LimitSettings wanted) => configured with
    {
        AuthPerMinute = wanted.AuthPerMinute ?? configured.AuthPerMinute,
        CallsPerMinute = wanted.CallsPerMinute ?? configured.CallsPerMinute,
        ConnectionsPerAccount = wanted.ConnectionsPerAccount ?? configured.ConnectionsPerAccount,
        MessagesPerSecond = wanted.MessagesPerSecond ?? configured.MessagesPerSecond,
    };
}
