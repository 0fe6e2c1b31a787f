using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Load.Circuits;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Speed;

namespace SupportLive.Bench.Crowds;

/// <summary>Whether those who talk feel those who only look: latency with nobody else there, and with a crowd.</summary>
internal static class CrowdBench
{
    private const int Conversations = 100;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (rooms, rate, hubs, pages, runs, during) = (options.Number("rooms", 200), options.Number("rate", 1000), options.Number("hubs", 2000), options.Number("pages", 500), options.Number("runs", 3), TimeSpan.FromSeconds(options.Number("seconds", 4)));
        await using var stage = await Stage.Set();
        await using var talkers = await Contestant.SupportLive(stage, options.Server, rooms);
        var people = new People(stage.Database, stage.Key, talkers.Url);
        var looked = await Scene.Conversations(people, Conversations, messages: 20);
        await talkers.Warm();
        var alone = await Rounds();

        await using var idle = await IdleHubs.Open(people, talkers.Url, hubs);
        await using var open = await OpenPages.Open(talkers.Url, Enumerable.Range(0, pages).Select(i => (looked[i % Conversations].Customer, looked[i % Conversations].CustomerPath)));
        await Task.Delay(3000);
        var crowded = await Rounds();
        Console.WriteLine(JsonSerializer.Serialize(new { rate, alone, hubs, pages, crowded, lost = HubSocket.Lost + Circuit.Lost, memory = Cores.Memory(talkers.Pid) / 1_000_000 }, JsonSerializerOptions.Web));
        return 0;

        async Task<Latency> Rounds()
        {
            var figures = new List<Latency>();
            for (var i = 0; i < runs; i++) figures.Add(Latency.Of(await talkers.AtRate(rate, during)));
            return Latency.Median(figures);
        }
    }
}
