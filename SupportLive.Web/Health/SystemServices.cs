using Microsoft.AspNetCore.Components.Server.Circuits;
using SupportLive.Core.Health;

namespace SupportLive.Web.Health;

/// <summary>What operators look at: the console's log, the last errors, the figures, and OTLP.</summary>
internal static class SystemServices
{
    public static WebApplicationBuilder AddSystem(this WebApplicationBuilder builder, string dataFolder, bool isPrivate)
    {
        builder.Logging.AddLines(builder.Configuration);
        builder.Services.AddSingleton((builder.Configuration.GetSection("Health").Get<HealthOptions>() ?? new()).Valid()).AddSingleton(new DataVolume(dataFolder, isPrivate));
        builder.Services.AddSingleton<LastErrors>().AddSingleton<ILoggerProvider>(sp => sp.GetRequiredService<LastErrors>());
        builder.Services.AddSingleton<SupportBundle>().AddSingleton<OpenPages>().AddSingleton<CircuitHandler>(sp => sp.GetRequiredService<OpenPages>());
        builder.AddTelemetry();
        return builder;
    }
}
