namespace SupportLive.Core.Live;

/// <summary>Wakes the durable followers of this node when the log has grown, wherever it was written.</summary>
public sealed class LogPulse
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Beat() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Completes at the next beat after this call.</summary>
    public Task Next => next.Task;
}
