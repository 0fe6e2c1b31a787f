using System.Text.Json;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>Rooms of one customer and one agent who talk; pgbench's single-row inserts on the same database are the measure beside it.</summary>
internal static class ChatBench
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (rooms, seconds, rate, idle) = (options.Number("rooms", 200), TimeSpan.FromSeconds(options.Number("seconds", 10)), options.Number("rate", 1000), options.Number("idle", 1000));
        await using var stage = await Stage.Set();
        var before = await stage.SingleRowInserts(seconds);
        var (url, pid) = await stage.Serve(options.Server);
        var people = new People(stage.Database, stage.Key, url);

        var figures = new Figures();
        var talkers = (await Rooms.Open(people, url, url, rooms, figures)).All();
        await Tempo.Warm(during => Tempo.Saturate(talkers, during, pid), pid);
        var open = await Tempo.AtRate(talkers, figures, rate, seconds);
        var saturated = await Tempo.Saturate(talkers, seconds, pid);
        var half = await Tempo.AtRate(talkers, figures, (int)(saturated.PerSecond / 2), seconds);
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
    }

    private static async Task<long> Idle(People people, Uri url, int pid, int count)
    {
        await Task.Delay(2000);
        var before = Cores.Memory(pid);
        await using var crowd = await IdleHubs.Open(people, url, count);
        await Task.Delay(3000);
        return (Cores.Memory(pid) - before) / count;
    }
}
