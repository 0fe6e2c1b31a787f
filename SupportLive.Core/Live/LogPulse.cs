namespace SupportLive.Core.Live;

/// <summary>Wakes the durable followers of this node when the log has grown, wherever it was written.</summary>
public sealed class LogPulse(TimeProvider time)
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock counting = new();
    private double rate;
    private long last;

    public void Beat()
    {
        lock (counting) rate = Faded() + 1;
        Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Completes at the next beat after this call.</summary>
    public Task Next => next.Task;

    /// <summary>Beats a second: those of the last second count most, older ones less and less.</summary>
    public double PerSecond
    {
        get
        {
            lock (counting) return Faded();
        }
    }

    private double Faded()
    {
        var (before, now) = (last, time.GetTimestamp());
        last = now;
        return rate *= Math.Exp(-time.GetElapsedTime(before, now).TotalSeconds);
    }
}
