using System.Globalization;
using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Load.Circuits;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Crowds;

/// <summary>What one idle connection and one open page hold.</summary>
internal static class MemoryBench
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (hubs, circuits, queue) = (options.Number("hubs", 2000), options.Number("circuits", 200), options.Number("queue", 200));
        await using var stage = await Stage.Set();
        var (url, pid) = await stage.Serve(options.Server);
        var people = new People(stage.Database, stage.Key, url);
        var talk = await Scene.Conversations(people, url, circuits, messages: 50);
        await Scene.Queue(people, queue);
        var agents = await people.Make("agent", circuits);

        // Once before, so that what is compiled and pooled for the first of them is not counted.
        await using (await IdleHubs.Open(people, url, 100)) { }
        await using (await OpenPages.Open(url, talk.Take(20).Select(t => (t.Customer, t.CustomerPath)).Append((agents[0], "/desk")))) { }
        await Task.Delay(TimeSpan.FromSeconds(options.Number("forget", 0)));

        var hub = await Measure(pid, hubs, async () => await IdleHubs.Open(people, url, hubs));
        var ticket = await Measure(pid, circuits, async () => await OpenPages.Open(url, talk.Select(t => (t.Customer, t.CustomerPath))));
        var desk = await Measure(pid, circuits, async () => await OpenPages.Open(url, agents.Select(a => (a, "/desk"))));
        Console.WriteLine(JsonSerializer.Serialize(new { hubs, idleHub = hub, circuits, ticketWith50Messages = ticket, queue, deskWithQueue = desk, lost = new { hubs = HubSocket.Lost, pages = Circuit.Lost } }, JsonSerializerOptions.Web));
        return 0;
    }

    private static async Task<object> Measure(int pid, int count, Func<Task<IAsyncDisposable>> open)
    {
        var before = await Heap.Settled(pid);
        var crowd = await open();
        await Task.Delay(3000);
        var asItIs = (Cores.Memory(pid) - before) / count;
        var settled = (await Heap.Settled(pid) - before) / count;
        Held.Add(crowd); // left open: circuits whose socket is gone are kept for a while, and would be counted with the next
        return new { kilobytes = Kilo(settled), beforeCollection = Kilo(asItIs) };
    }

    private static readonly List<IAsyncDisposable> Held = [];

    private static double Kilo(long bytes) => Math.Round(bytes / 1000.0, 1);
}
