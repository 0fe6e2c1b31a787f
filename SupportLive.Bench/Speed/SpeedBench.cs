using System.Globalization;
using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Speed;

/// <summary>SupportLive, what people would pick instead, and the two limits, beside each other on one stage, round after round.</summary>
internal static class SpeedBench
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (count, rooms, rate, during) = (options.Number("runs", 3), options.Number("rooms", 200), options.Number("rate", 1000), TimeSpan.FromSeconds(options.Number("seconds", 4)));
        await using var stage = await Stage.Set();
        await using var socketIo = await Contestant.SocketIo(stage, rooms);
        await using var hub = await Contestant.BareHub(stage, rooms);
        await using var ours = await Contestant.SupportLive(stage, options.Server, rooms);
        foreach (var contestant in (Contestant[])[socketIo, hub, ours]) await contestant.Warm();

        var runs = new List<SpeedRun>();
        for (var i = 0; i < count; i++)
        {
            runs.Add(await SpeedRun.Measure(stage, socketIo, hub, ours, rate, during));
            Console.WriteLine(JsonSerializer.Serialize(runs[^1], JsonSerializerOptions.Web));
        }

        Console.WriteLine(JsonSerializer.Serialize(new { median = SpeedRun.Median(runs), refused = Talker.Refusals }, JsonSerializerOptions.Web));
        Console.WriteLine(Table(runs, rate));
        return 0;
    }

    private static string Table(List<SpeedRun> runs, int rate)
    {
        var all = runs.Select((r, i) => Row($"{i + 1}", r)).Append(Row("**median**", SpeedRun.Median(runs)));
        return string.Join('\n',
            [
                $"| run | `pgbench -c 8` | socket.io + pg | bare hub | **SupportLive** | to pgbench | to socket.io | to bare hub | seen at {rate}/s, p50 / p95 / p99 ms | at half of saturation, ms | server µs | core µs |",
                "|---|---|---|---|---|---|---|---|---|---|---|---|", .. all,
            ]);
    }

    private static string Row(string name, SpeedRun r) => string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {r.Pgbench:#,0} | {r.SocketIo:#,0} | {r.BareHub:#,0} | {r.SupportLive:#,0} | {r.ToPgbench:0.00} | {r.ToSocketIo:0.0} | {r.ToBareHub:0.00} | {r.AtRate} | {r.AtHalf} | {r.ServerCpu:0} | {r.AllCpu:0} |");
}
