using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Health;

/// <summary>What leaves by OTLP, as a receiver gets it.</summary>
[Trait("Category", "Nodes")]
public sealed class TelemetryTests(World world)
{
    [Fact]
    public async Task Metrics_traces_and_logs_arrive_by_otlp_and_carry_no_secret_and_no_message()
    {
        const string Planted = "PLANTED-the-customers-own-words";
        await using var receiver = await Receiver.Start();
        var people = (People?)null;
        await using (var node = await TestNode.Start(
            await world.NewDatabase(), [.. LogBook.All, $"--OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Address}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL=300", "--OTEL_BSP_SCHEDULE_DELAY=300", "--OTEL_BLRP_SCHEDULE_DELAY=300"]))
        {
            people = await People.Of(node);
            var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
            await using var agent = await node.Connect(people.Agent);
            await agent.Join(ticket);
            (await node.Say(people.Customer, ticket, Planted)).Must(HttpStatusCode.Created);
            await agent.HearMessage(Planted);
            node.The<ILoggerFactory>().CreateLogger("Planted").LogError(new InvalidOperationException($"Could not send '{Planted}'"), "Sending {Body} failed {Count} times", Planted, 7);

            foreach (var name in (string[])["supportlive.messages.acked", "supportlive.push.delay", "supportlive.writer.batch.size", "supportlive.tickets.waiting", "supportlive.hub.connections"])
            {
                await Eventually.True(() => Task.FromResult(receiver.Got("/v1/metrics", name)), $"{name} arrives");
            }
        } // what was not sent yet goes out at the end

        Assert.True(receiver.Got("/v1/traces", "write batch"), "A batch is traced.");
        Assert.True(receiver.Got("/v1/traces", "move ticket"), "A move is traced.");
        Assert.True(receiver.Got("/v1/logs", "Planted"), "An error arrives.");
        foreach (var secret in (string[])[Planted, people.Agent.Token, people.Customer.Email, "access_token"])
        {
            foreach (var path in receiver.Paths) Assert.False(receiver.Got(path, secret), $"{secret} in {path}");
        }
    }

    [Fact]
    public async Task Nothing_is_sent_anywhere_unless_it_is_asked_for()
    {
        await using var node = await TestNode.Start(await world.NewDatabase());

        Assert.DoesNotContain(node.App.Services.GetServices<ILoggerProvider>(), p => p.GetType().FullName!.Contains("OpenTelemetry", StringComparison.Ordinal));
        Assert.DoesNotContain(node.App.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>(), s => s.GetType().Name == "Telemetry");
    }

    /// <summary>Takes what is posted, as a collector does. Protobuf keeps strings as they are.</summary>
    private sealed class Receiver(WebApplication app, ConcurrentQueue<(string Path, string Body)> posts) : IAsyncDisposable
    {
        public Uri Address { get; } = new(app.Urls.First());

        public IEnumerable<string> Paths => posts.Select(p => p.Path).Distinct(StringComparer.Ordinal);

        public bool Got(string path, string text) => posts.Any(p => p.Path == path && p.Body.Contains(text, StringComparison.Ordinal));

        public static async Task<Receiver> Start()
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var posts = new ConcurrentQueue<(string, string)>();
            app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
            {
                Assert.Equal("application/x-protobuf", request.ContentType);
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                posts.Enqueue(($"/v1/{signal}", Encoding.Latin1.GetString(body.ToArray())));
                return Results.Ok();
            });
            await app.StartAsync();
            return new Receiver(app, posts);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
