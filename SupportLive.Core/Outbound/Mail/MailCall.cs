namespace SupportLive.Core.Outbound.Mail;

/// <summary>Tells this node's sender that there is something to send, so that it does not wait for its next look.</summary>
public sealed class MailCall
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next call after this.</summary>
    public Task Next => next.Task;

    public void Wake() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
