using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SupportLive.Core.Health;
using SupportLive.Core.Live;

namespace SupportLive.Web.Health;

/// <summary>Metrics, traces and logs by OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The other OTEL_ keys are the specification's.</summary>
internal sealed class Telemetry : IHostedLifecycleService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int Patience = 3_000; // milliseconds; ending takes thirty seconds at most, whoever does not answer

    private static readonly string[] Sources = [Meters.Name, "Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", "Npgsql"];
    private static readonly string[] Metered = [Meters.Name, "Microsoft.AspNetCore.*", "Npgsql", "System.Runtime"];

    private readonly MeterProvider meters;
    private readonly TracerProvider traces;

    public Telemetry(IConfiguration configuration, IMeterFactory factory, NodeFigures node)
    {
        meters = Sdk.CreateMeterProviderBuilder().ConfigureServices(s => s.AddSingleton(configuration)).ConfigureResource(r => Name(r, node.Host)).AddMeter(Metered)
            .AddView(i => i.Meter.Scope is IMeterFactory other && !ReferenceEquals(other, factory) ? MetricStreamConfiguration.Drop : null) // another node of this process
            .AddOtlpExporter().Build();
        traces = Sdk.CreateTracerProviderBuilder().ConfigureServices(s => s.AddSingleton(configuration)).ConfigureResource(r => Name(r, node.Host)).AddSource(Sources).AddProcessor(new QuietTraces()).AddOtlpExporter().Build();
    }

    internal static bool IsWanted(IConfiguration configuration) => configuration[Endpoint] is { Length: > 0 };

    internal static void Name(ResourceBuilder resource, string node) => resource.AddService("supportlive", serviceVersion: NodeFigures.Version, serviceInstanceId: node, autoGenerateServiceInstanceId: false).AddEnvironmentVariableDetector();

    // When all else has stopped, what is still here goes out.
    public Task StoppedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Task.Run(() => meters.Shutdown(Patience), CancellationToken.None), Task.Run(() => traces.Shutdown(Patience), CancellationToken.None));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        meters.Dispose();
        traces.Dispose();
    }
}

internal static class TelemetryServices
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!Telemetry.IsWanted(builder.Configuration)) return;
        builder.Services.AddHostedService<Telemetry>().AddHostedService<WaitingWatch>();
        builder.Logging.AddOpenTelemetry(o =>
        {
            var resource = ResourceBuilder.CreateDefault();
            Telemetry.Name(resource, builder.Configuration["Health:Node"] is { Length: > 0 } name ? name : Environment.MachineName);
            o.SetResourceBuilder(resource).AddProcessor(new QuietLogs()).AddOtlpExporter();
        });
    }
}
