using SupportLive.Core.Live;

namespace SupportLive.Web.Live;

/// <summary>A connection's place in one conversation; nothing is delivered before the first read has said where that is.</summary>
internal sealed class JoinedTicket
{
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedPlace? shown;
    private FeedPlace? staff;

    public Task Entered => entered.Task;

    /// <summary>Let in, and not left since.</summary>
    public bool IsOpen => entered.Task.IsCompleted && shown is not null;

    public void Enter(int publicSeq, int? staffSeq)
    {
        shown = new FeedPlace(publicSeq);
        staff = staffSeq is { } seq ? new FeedPlace(seq) : null;
        entered.TrySetResult();
    }

    /// <summary>Left, or never let in: whatever waits for the first read delivers nothing.</summary>
    public void Abandon()
    {
        shown = staff = null;
        entered.TrySetResult();
    }

    /// <summary>Null for a feed that this reader may not see.</summary>
    public FeedPlace? Place(Feed feed) => feed == Feed.Public ? shown : staff;
}
