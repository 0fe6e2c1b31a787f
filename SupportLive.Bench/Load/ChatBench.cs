using System.Diagnostics;
using System.Text.Json;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>Rooms of one customer and one agent who talk; pgbench's single-row inserts on the same database are the measure beside it.</summary>
internal static class ChatBench
{
    private const string DefaultServer = "SupportLive.Web/bin/Release/net10.0/SupportLive.Web.dll";

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (rooms, seconds, rate, idle) = (options.Number("rooms", 200), options.Number("seconds", 10), options.Number("rate", 1000), options.Number("idle", 1000));
        await using var stage = await Stage.Set();
        var before = await stage.SingleRowInserts(seconds);
        var (url, pid) = await stage.Serve(options.Text("server") ?? DefaultServer);
        var people = new People(stage.Database, stage.Key, url);

        var figures = new Figures();
        var talkers = await Open(people, url, rooms, figures);
        await Task.WhenAll(talkers.Select(t => t.Enter()));
        await Saturate(talkers, TimeSpan.FromSeconds(12), pid); // warm: the hot path has been compiled and recompiled when it is measured
        var (open, _) = await AtRate(talkers, rate, seconds);
        var saturated = await Saturate(talkers, TimeSpan.FromSeconds(seconds), pid);
        var (half, _) = await AtRate(talkers, (int)(saturated.PerSecond / 2), seconds);
        var idleBytes = await Idle(people, url, pid, idle);
        var after = await stage.SingleRowInserts(seconds);

        var pgbench = Math.Round((before + after) / 2);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            rooms,
            acknowledgedPerSecond = Math.Round(saturated.PerSecond),
            pgbenchPerSecond = pgbench,
            ratio = Math.Round(saturated.PerSecond / pgbench, 2),
            refused = Talker.Refusals,
            atRate = new { rate, p50 = open.Percentile(.5), p95 = open.Percentile(.95), p99 = open.Percentile(.99), seen = open.Count },
            atHalf = new { rate = (int)(saturated.PerSecond / 2), p50 = half.Percentile(.5), p95 = half.Percentile(.95), p99 = half.Percentile(.99) },
            serverCpuSecondsPer10000 = Math.Round(saturated.Cpu.TotalSeconds / saturated.Messages * 10_000, 3),
            allCpuSecondsPer10000 = Math.Round(saturated.Busy.TotalSeconds / saturated.Messages * 10_000, 3),
            coreIdleSeconds = Math.Round(saturated.Idle.TotalSeconds, 2),
            idleConnectionBytes = idleBytes,
        }));
        return 0;

        async Task<List<Talker>> Open(People makers, Uri at, int count, Figures seen)
        {
            var customers = await makers.Make("customer", count);
            var agents = await makers.Make("agent", count);
            var made = new List<Talker>();
            for (var i = 0; i < count; i++)
            {
                var ticket = await makers.Room(customers[i], agents[i]);
                made.Add(new Talker(await HubSocket.Open(at, customers[i].Token), ticket, $"c{i}", seen));
                made.Add(new Talker(await HubSocket.Open(at, agents[i].Token), ticket, $"a{i}", seen));
            }

            return made;
        }

        async Task<(Figures, int)> AtRate(List<Talker> all, int perSecond, int during)
        {
            figures.Clear();
            var (started, said) = (Stopwatch.GetTimestamp(), 0);
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < during)
            {
                // Open loop: what is due by now is sent, whether or not earlier ones have been answered.
                var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond);
                while (said < due) await all[said++ % all.Count].Say();
                await Task.Delay(1);
            }

            await Task.Delay(500);
            return (figures.Copy(), said);
        }
    }

    private static async Task<Saturation> Saturate(List<Talker> talkers, TimeSpan during, int pid)
    {
        var (acknowledged, cpu, core, started) = (Interlocked.Read(ref Talker.Acknowledged), Cores.Time(pid), Cores.Of(Cores.Server), Stopwatch.GetTimestamp());
        using var until = new CancellationTokenSource(during);
        await Task.WhenAll(talkers.Select(t => t.Flood(until.Token)));
        var count = Interlocked.Read(ref Talker.Acknowledged) - acknowledged;
        var now = Cores.Of(Cores.Server);
        return new(count / Stopwatch.GetElapsedTime(started).TotalSeconds, count, Cores.Time(pid) - cpu, now.Busy - core.Busy, now.Idle - core.Idle);
    }

    private static async Task<long> Idle(People people, Uri url, int pid, int count)
    {
        var who = await people.Make("customer", count);
        await Task.Delay(2000);
        var before = Cores.Memory(pid);
        var sockets = new List<HubSocket>();
        foreach (var person in who) sockets.Add(await HubSocket.Open(url, person.Token));
        foreach (var socket in sockets) _ = socket.Listen();
        await Task.Delay(3000);
        var bytes = (Cores.Memory(pid) - before) / count;
        foreach (var socket in sockets) await socket.DisposeAsync();
        return bytes;
    }
}

/// <summary>What was reached with every talker waiting for its acknowledgement.</summary>
/// <param name="Cpu">Of the server process.</param>
/// <param name="Busy">Of the core that server and database share, whoever used it.</param>
internal sealed record Saturation(double PerSecond, long Messages, TimeSpan Cpu, TimeSpan Busy, TimeSpan Idle);
