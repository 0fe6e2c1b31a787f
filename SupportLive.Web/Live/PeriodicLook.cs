using SupportLive.Core.Data;

namespace SupportLive.Web.Live;

/// <summary>For what nobody signals: a pane looks again by itself, as long as it is there.</summary>
internal static class PeriodicLook
{
    /// <summary>Draws only what has changed. An outage costs a look.</summary>
    public static async Task Every(TimeSpan pace, Func<Task<bool>> look, Action draw, TimeProvider time, ILogger log, CancellationToken gone)
    {
        using var timer = new PeriodicTimer(pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(gone))
            {
                try
                {
                    if (await look()) draw();
                }
                catch (Exception e) when (Outage.Is(e))
                {
                    log.LogDebug("The page looks again later: {Reason}", e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }
}
