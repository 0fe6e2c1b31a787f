using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Shell;

/// <summary><c>/api/settings/retention</c>.</summary>
public static class RetentionApi
{
    public static void MapRetention(this WebApplication app)
    {
        var api = app.MapGroup("/api/settings/retention").WithTags("Settings").RequireAuthorization(Permissions.SettingsManage);
        api.MapGet("", async (Settings settings, CancellationToken ct) => RetentionBody.Of(await settings.Get(RetentionSettings.Key, ct))).Produces<RetentionBody>();
        api.MapPut("", async (RetentionBody body, HttpContext context, Settings settings, CancellationToken ct) =>
            (await RetentionSettings.Set(settings, context.Actor(), new(body.NotificationDays, body.TicketDays), body.Version, ct)).Map(RetentionBody.Of).ToResult()).Produces<RetentionBody>();
        api.MapGet("/preview", async (int ticketDays, HttpContext context, Retention retention, CancellationToken ct) =>
            (await retention.WouldDelete(context.Actor(), ticketDays, ct)).Map(tickets => new { tickets }).ToResult());
    }
}

/// <summary>How long things are kept, on the wire; null or left out: for ever.</summary>
/// <param name="Version">As with business hours.</param>
public sealed record RetentionBody(int? NotificationDays, int? TicketDays, int? Version = null)
{
    internal static RetentionBody Of(Setting<RetentionSettings> set) => new(set.Value.NotificationDays, set.Value.TicketDays, set.Version);
}
