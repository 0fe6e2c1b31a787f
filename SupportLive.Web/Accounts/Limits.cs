using System.Threading.RateLimiting;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Accounts;

/// <summary>How much one caller may ask for. All figures are options under <c>Limits</c>.</summary>
public sealed record Limits
{
    /// <summary>False lifts all rate limits, for load tests.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Registrations, log-ins and refreshes per minute and address.</summary>
    public int AuthPerMinute { get; init; } = 300;

    /// <summary>Other calls per minute and account (or address).</summary>
    public int CallsPerMinute { get; init; } = 6_000;

    /// <summary>Hub connections that one account may have open on one node.</summary>
    public int ConnectionsPerAccount { get; init; } = 200;

    /// <summary>Messages per second and hub connection, with bursts of five times as many.</summary>
    public int MessagesPerSecond { get; init; } = 50;
}

internal static class LimitServices
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection("Limits").Get<Limits>() ?? new Limits();
        if (limits.AuthPerMinute < 1 || limits.CallsPerMinute < 1 || limits.MessagesPerSecond < 1) throw new StartupRefusal("Every figure under Limits must be at least 1; Limits__Enabled=false lifts them all.");
        builder.Services.AddSingleton(limits).AddSingleton<CurrentLimits>().AddHostedService(sp => sp.GetRequiredService<CurrentLimits>());
        builder.Services.AddRateLimiter(o =>
        {
            o.OnRejected = (c, _) => new ValueTask(ApiErrors.Write(c.HttpContext, RateLimited(c.Lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? pause : TimeSpan.FromSeconds(5))));
            if (limits.Enabled) o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string, int)>(context => Partition(context, context.RequestServices.GetRequiredService<CurrentLimits>().Now));
        });
    }

    public static Refusal RateLimited(TimeSpan pause) => new(RefusalKind.TooMany, "rate_limited", "That was a lot at once. Please wait a moment.") { RetryAfter = pause };

    // The figure is part of the key: when it is changed, everybody has a fresh bucket of the new size.
    private static RateLimitPartition<(string, int)> Partition(HttpContext context, Limits limits)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !HttpMethods.IsPost(context.Request.Method)) return RateLimitPartition.GetNoLimiter(("", 0));
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var auth = context.Request.Path.StartsWithSegments("/api/auth", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/account", StringComparison.OrdinalIgnoreCase);
        var (key, perMinute) = auth ? ($"auth {address}", limits.AuthPerMinute) : ($"calls {context.User.AccountId()?.ToString() ?? address}", limits.CallsPerMinute);
        return RateLimitPartition.GetTokenBucketLimiter((key, perMinute), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
    }
}
