using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Accounts;

/// <summary><c>/api/settings/limits</c>.</summary>
public static class LimitsApi
{
    public static void MapLimits(this WebApplication app)
    {
        var api = app.MapGroup("/api/settings/limits").WithTags("Settings").RequireAuthorization(Permissions.SettingsManage);
        api.MapGet("", async (Settings settings, CancellationToken ct) => LimitsBody.Of(await settings.Get(LimitSettings.Key, ct))).Produces<LimitsBody>();
        api.MapPut("", async (LimitsBody body, HttpContext context, Settings settings, CancellationToken ct) =>
            (await LimitSettings.Set(settings, context.Actor(), new(body.AuthPerMinute, body.CallsPerMinute, body.ConnectionsPerAccount, body.MessagesPerSecond), body.Version, ct)).Map(LimitsBody.Of).ToResult()).Produces<LimitsBody>();
    }
}

/// <summary>Limits on the wire; null: as the configuration has it.</summary>
/// <param name="Version">As with business hours.</param>
public sealed record LimitsBody(int? AuthPerMinute, int? CallsPerMinute, int? ConnectionsPerAccount, int? MessagesPerSecond, int? Version = null)
{
    internal static LimitsBody Of(Setting<LimitSettings> set) => new(set.Value.AuthPerMinute, set.Value.CallsPerMinute, set.Value.ConnectionsPerAccount, set.Value.MessagesPerSecond, set.Version);
}
