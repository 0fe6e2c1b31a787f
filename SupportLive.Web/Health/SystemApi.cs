using System.Globalization;
using SupportLive.Core.Accounts;
using SupportLive.Core.Health;
using SupportLive.Core.Live;
using SupportLive.Web.Accounts;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Health;

/// <summary><c>/api/system</c>: how this node, the others and the database do; and all of it as a file for who is asked for help.</summary>
public static class SystemApi
{
    public static void MapSystem(this WebApplication app)
    {
        app.Services.GetRequiredService<Meters>().Count(() => app.Services.GetRequiredService<OpenPages>().Count);
        var api = app.MapGroup("/api/system").WithTags("System").RequireAuthorization(Permissions.SystemRead);
        api.MapGet("", async (HttpContext context, SystemQueries queries, CancellationToken ct) => (await queries.Read(context.Actor(), ct)).ToResult()).Produces<SystemView>();
        api.MapGet("/bundle", Bundle).Produces(200, contentType: "application/zip");
    }

    private static async Task<IResult> Bundle(HttpContext context, SupportBundle bundle, TimeProvider time, CancellationToken ct)
    {
        var packed = await bundle.Pack(context.Actor(), ct);
        if (!packed.Ok) return packed.Refusal.ToResult();
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(packed.Value, "application/zip", $"supportlive-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.zip");
    }
}
