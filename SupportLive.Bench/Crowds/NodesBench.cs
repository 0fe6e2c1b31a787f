using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Speed;

namespace SupportLive.Bench.Crowds;

/// <summary>Two nodes: the customers write on one, the agents read on the other.</summary>
internal static class NodesBench
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (rooms, rate, runs, during) = (options.Number("rooms", 200), options.Number("rate", 1000), options.Number("runs", 3), TimeSpan.FromSeconds(options.Number("seconds", 5)));
        await using var stage = await Stage.Set();
        var (a, first) = await stage.Serve(options.Server);
        var (b, second) = await stage.Serve(options.Server);
        var seen = new Figures();
        var (customers, _, _) = await Rooms.Open(new People(stage.Database, stage.Key, a), a, b, rooms, seen);
        await Tempo.Warm(stretch => Tempo.AtRate(customers, seen, rate, stretch), first, second); // not faster: a reader that is too far behind is cut, and would have to resume
        await Task.Delay(3000); // what is behind catches up
        var figures = new List<Latency>();
        for (var i = 0; i < runs; i++)
        {
            figures.Add(Latency.Of(await Tempo.AtRate(customers, seen, rate, during)));
            Console.WriteLine(JsonSerializer.Serialize(new { onTheOtherNode = figures[^1], rate, cut = HubSocket.Lost, acknowledged = Talker.Acknowledged, refused = Talker.Refusals }, JsonSerializerOptions.Web));
        }

        Console.WriteLine($"| on the other node at {rate}/s, median of {runs}: p50 / p95 / p99 ms | {Latency.Median(figures)} |");
        return 0;
    }
}
