using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using SupportLive.Core.Live;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work; one JSON line per check.</summary>
public static class HealthApi
{
    public static WebApplicationBuilder AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database", timeout: TimeSpan.FromSeconds(5));
        return builder;
    }

    /// <summary>In front of everything else: whoever asks whether the process lives must not wait for the account behind a cookie to be looked up.</summary>
    public static void UseLiveness(this WebApplication app) => app.UseHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = Write }).RequireAuthorization(Policies.Anyone);
    }

    private static async Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/x-ndjson";
        foreach (var (name, entry) in report.Entries)
            await context.Response.WriteAsync(JsonSerializer.Serialize(new { check = name, status = entry.Status, detail = entry.Description }, Wire.Json) + "\n", context.RequestAborted);
    }

    private sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy("The database answers.");
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.");
            }
        }
    }
}
