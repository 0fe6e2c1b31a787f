using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Core.Live;

/// <summary>
/// Tells the other nodes, over PostgreSQL's NOTIFY: a hint that the log has grown (without content, at most one per
/// <see cref="Pause"/>), and passing signals such as typing, with content. Neither is needed for correctness: a lost hint
/// costs the follower's next look, a lost signal is passing by nature.
/// </summary>
public sealed class Signals(Node node, LiveStream stream, NpgsqlDataSource database, OutageLog outages) : BackgroundService
{
    internal const string Channel = "supportlive";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Channel<LiveEvent?> queue = System.Threading.Channels.Channel.CreateBounded<LiveEvent?>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private int hinted;

    /// <summary>The log has grown. Cheap, never waits.</summary>
    internal void Hint()
    {
        if (Interlocked.Exchange(ref hinted, 1) == 0) queue.Writer.TryWrite(null);
    }

    /// <summary>Publishes here and on every other node.</summary>
    public void Send(LiveEvent signal)
    {
        stream.Publish(signal);
        queue.Writer.TryWrite(signal);
    }

    /// <summary>Publishes on this node alone, for what every node finds out by itself.</summary>
    public void Here(LiveEvent signal) => stream.Publish(signal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            var payloads = new List<string>();
            Interlocked.Exchange(ref hinted, 0);
            while (payloads.Count < 200 && queue.Reader.TryRead(out var signal)) payloads.Add(Payload(signal));
            try
            {
                await Notify(payloads, stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e); // and the signals are lost, which is in their nature
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }

            await Task.Delay(Pause, stoppingToken);
        }
    }

    private string Payload(LiveEvent? signal) => JsonSerializer.Serialize(
        new Envelope(node.Id, signal?.Name, signal is null ? null : JsonSerializer.SerializeToElement(signal, signal.GetType(), Wire.Json)), Wire.Json);

    // NOTIFY takes a transaction id, so its commit would wait for the disk; nothing here needs to survive a crash.
    private async Task Notify(List<string> payloads, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local synchronous_commit = off"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_notify($1, p) from unnest($2::text[]) p")
        {
            Parameters = { new() { Value = Channel }, new() { Value = payloads.ToArray() } },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What travels; without a name it is the hint.</summary>
    internal sealed record Envelope(Guid Node, string? Name, JsonElement? Body);
}
