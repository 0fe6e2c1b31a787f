using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound;

/// <summary>An account has a new notification, or an unread one has grown.</summary>
public sealed record NotificationRaised(Guid AccountId, NotificationView Notification) : LiveEvent(Wire.Notification)
{
    public override IEnumerable<Topic> Topics => [Topic.Account(AccountId)];

    protected override object Body => Notification;
}

/// <summary>Notifications of an account were read elsewhere; its open pages count again.</summary>
public sealed record NotificationsRead(Guid AccountId) : LiveEvent(Wire.NotificationsRead)
{
    public override IEnumerable<Topic> Topics => [Topic.Account(AccountId)];
}

/// <summary>A notification as its owner sees it.</summary>
/// <param name="Type">The wire name of the entry that it tells of; <c>mention</c> for a note that names its reader.</param>
/// <param name="Note">The seq of the note that names its reader.</param>
public sealed record NotificationView(Guid Id, string Type, Guid TicketId, long Number, string Title, string Text, DateTimeOffset At, DateTimeOffset? ReadAt, int? Note = null);
