using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound;

/// <summary>Marks notifications as read; each change is told to the account's other open pages.</summary>
public sealed class NotificationActions(IDbContextFactory<SupportDb> dbs, Signals signals, TimeProvider time)
{
    public Task ReadAll(Actor actor, CancellationToken ct) => Mark(actor, n => n, ct);

    public Task Read(Actor actor, Guid id, CancellationToken ct) => Mark(actor, n => n.Where(x => x.Id == id), ct);

    /// <summary>Whoever looks at a ticket has been told of everything in it.</summary>
    public Task ReadTicket(Actor actor, Guid ticketId, CancellationToken ct) => Mark(actor, n => n.Where(x => x.TicketId == ticketId), ct);

    private async Task Mark(Actor actor, Func<IQueryable<Notification>, IQueryable<Notification>> which, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var marked = await which(db.Notifications.Where(n => n.AccountId == actor.Id && n.ReadAt == null))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, time.GetUtcNow()), ct);
        if (marked > 0) signals.Send(new NotificationsRead(actor.Id));
    }
}
