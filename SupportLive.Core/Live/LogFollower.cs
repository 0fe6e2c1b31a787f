using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;

namespace SupportLive.Core.Live;

/// <summary>Turns rows of the log into events; provided by the rooms that know what a row means.</summary>
public delegate Task<IReadOnlyList<LiveEvent>> LogToEvents(IReadOnlyList<LogRow> rows, CancellationToken ct);

/// <summary>
/// Reads what other nodes have written and publishes it here: on their hint, and every <see cref="Look"/> anyway. A row
/// can be late but never skipped, because the cursor only moves over transactions that have all ended
/// (<see cref="LogReader"/>).
/// </summary>
public sealed class LogFollower(Node node, LiveStream stream, LogReader reader, LogPulse pulse, LogToEvents toEvents, Actors actors, Settings settings, Epoch epoch, Hearing hearing, DatabaseAddress address, OutageLog outages, TimeProvider time, ILogger<LogFollower> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(10);

    private LogCursor? cursor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The log follower failed and starts again"); // a node without it is deaf, and one that ends is worse
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    private async Task Listen(CancellationToken ct)
    {
        // Its own connection, not out of the pool: a session that listens must not be shared or reset.
        var session = address.Session("supportlive-follower");
        (session.Pooling, session.CommandTimeout) = (false, 5);
        await using var connection = new NpgsqlConnection(session.ConnectionString);
        await connection.OpenAsync(ct);
        var hinted = true;
        connection.Notification += (_, n) => hinted |= Heard(n.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Signals.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        var begun = cursor is not null;
        if (await epoch.Look(connection, ct)) cursor = null; // another log: the place in the one before says nothing
        if (begun) stream.Interrupt(); // signals sent while nobody listened are gone
        cursor ??= await reader.End(connection, ct);

        var settle = Settle;
        while (!ct.IsCancellationRequested)
        {
            // Reading over the listening connection itself is its probe: a dead one fails here within five seconds.
            hinted = false;
            cursor = await reader.Read(connection, cursor, node.Id, Publish, ct);
            pulse.Beat();
            hearing.Looked();
            outages.Answered();
            var looked = time.GetTimestamp();
            // Rows that a still running older transaction holds back are looked for again soon, then less and less often.
            settle = cursor.Behind ? TimeSpan.FromMilliseconds(Math.Min(settle.TotalMilliseconds * 2, 1000)) : Settle;
            var wait = cursor.Behind ? settle : outages.Lasts ? TimeSpan.FromSeconds(1) : Look;
            // Whole milliseconds: less than one would be taken for none, which Npgsql takes for "for ever".
            while (!hinted && time.GetElapsedTime(looked) is var passed && passed < wait) await connection.WaitAsync((int)Math.Ceiling((wait - passed).TotalMilliseconds), ct);
        }
    }

    private bool Heard(string payload)
    {
        var envelope = JsonSerializer.Deserialize<Signals.Envelope>(payload, Wire.Json);
        if (envelope?.Name is null) pulse.Beat();
        if (envelope?.Node == node.Id && envelope.Name == Wire.NodeSeen) hearing.Returned();
        if (envelope is null || envelope.Node == node.Id) return false;
        if (envelope.Name is null) return true;
        if (Wire.Signals.TryGetValue(envelope.Name, out var type) && envelope.Body?.Deserialize(type, Wire.Json) is LiveEvent signal) Publish(signal);
        return false;
    }

    private void Publish(LiveEvent signal)
    {
        if (signal is AccessChanged changed) actors.Forget(changed.AccountId);
        if (signal is SettingsChanged set) settings.Forget(set.Key);
        stream.Publish(signal);
    }

    private async Task Publish(IReadOnlyList<LogRow> rows, CancellationToken ct)
    {
        hearing.Arrived(rows);
        foreach (var happened in await toEvents(rows, ct))
        {
            if (happened.Entry is { } entry) happened.Committed = Stopwatch.GetTimestamp() - (long)(hearing.Ago(entry.At).TotalSeconds * Stopwatch.Frequency);
            stream.Publish(happened);
        }
    }
}
