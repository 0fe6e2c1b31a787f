using SupportLive.Core.Live;
using SupportLive.Core.Outbound;

namespace SupportLive.Web.Outbound;

/// <summary>The drawer: the newest notifications, and how many are unread. What was read elsewhere is loaded again.</summary>
public sealed class NotificationsState
{
    private const int Limit = 50;

    private readonly List<NotificationView> items = [];

    public IReadOnlyList<NotificationView> Items => items;

    public int Unread { get; private set; }

    public void Load(IReadOnlyList<NotificationView> newest, int unread)
    {
        items.Clear();
        items.AddRange(newest);
        Unread = unread;
    }

    /// <summary>A grown notification (more messages of one ticket) takes the place of itself.</summary>
    public bool Apply(LiveEvent happened)
    {
        if (happened is not NotificationRaised { Notification: var raised }) return false;
        var at = items.FindIndex(n => n.Id == raised.Id);
        if (at >= 0 && (items[at].At > raised.At || (items[at].At == raised.At && items[at].ReadAt is not null))) return false; // told late: it was read meanwhile
        var counted = at >= 0 && items[at].ReadAt is null;
        if (counted && raised.ReadAt is not null) Unread--;
        if (!counted && raised.ReadAt is null) Unread++;
        if (at >= 0) items.RemoveAt(at);
        items.Insert(0, raised);
        if (items.Count > Limit) items.RemoveAt(Limit);
        return true;
    }
}
