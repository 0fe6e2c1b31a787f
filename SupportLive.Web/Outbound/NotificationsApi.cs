using SupportLive.Core.Outbound;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Outbound;

/// <summary><c>/api/notifications</c>: what the drawer shows, for other clients.</summary>
public static class NotificationsApi
{
    public static void MapNotifications(this WebApplication app)
    {
        var api = app.MapGroup("/api/notifications").WithTags("Notifications").RequireAuthorization(Policies.SignedIn);
        api.MapGet("", async (HttpContext context, NotificationQueries notifications, CancellationToken ct) =>
        {
            var (items, unread) = await notifications.Newest(context.Actor(), 100, ct);
            return Results.Ok(new { items, unread });
        });
        api.MapPost("/read", async (HttpContext context, NotificationActions notifications, CancellationToken ct) =>
        {
            await notifications.ReadAll(context.Actor(), ct);
            return Results.NoContent();
        });
    }
}
