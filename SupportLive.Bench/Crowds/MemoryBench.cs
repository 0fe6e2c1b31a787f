using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Load.Circuits;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Crowds;

/// <summary>What one idle connection and one open page hold.</summary>
internal sealed class MemoryBench(int pid, string? look)
{
    private readonly List<IAsyncDisposable> held = [];

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (hubs, circuits, desks, queue) = (options.Number("hubs", 1000), options.Number("circuits", 100), options.Number("desks", 100), options.Number("queue", 200));
        await using var stage = await Stage.Set();
        var (url, pid) = await stage.Serve(options.Server);
        var people = new People(stage.Database, stage.Key, url);
        var talk = await Scene.Conversations(people, Math.Max(10, circuits), messages: 50);
        await Scene.Queue(people, queue);
        var agents = await people.Make("agent", Math.Max(10, desks));

        // As many before, twice, left open: what is compiled, pooled and connected for the first of them is not what one more costs.
        var bench = new MemoryBench(pid, options.Text("look"));
        for (var n = 0; n < 2; n++)
        {
            bench.held.Add(await IdleHubs.Open(people, url, hubs));
            bench.held.Add(await OpenPages.Open(url, talk.Take(circuits).Select(t => (t.Customer, t.CustomerPath)).Concat(agents.Take(desks).Select(a => (a, "/desk")))));
            await Tempo.Rest(pid);
        }

        await bench.Look("before");

        var bare = await Bare(stage, people, hubs);
        var hub = await bench.Measure("hubs", hubs, async () => await IdleHubs.Open(people, url, hubs));
        var ticket = await bench.Measure("tickets", circuits, async () => await OpenPages.Open(url, talk.Take(circuits).Select(t => (t.Customer, t.CustomerPath))));
        var desk = await bench.Measure("desks", desks, async () => await OpenPages.Open(url, agents.Take(desks).Select(a => (a, "/desk"))));
        Console.WriteLine(JsonSerializer.Serialize(new { hubs, bareHub = bare, idleHub = hub, circuits, ticketWith50Messages = ticket, desks, queue, deskWithQueue = desk, lost = new { hubs = HubSocket.Lost, pages = Circuit.Lost } }, JsonSerializerOptions.Web));
        return 0;
    }

    // The same clients at a hub that keeps nothing and knows nobody: what the platform takes of it.
    private static async Task<object> Bare(Stage stage, People people, int hubs)
    {
        var (url, pid) = await stage.ServeBareHub();
        var bench = new MemoryBench(pid, null);
        for (var n = 0; n < 2; n++)
        {
            bench.held.Add(await IdleHubs.Open(people, url, hubs));
            await Tempo.Rest(pid);
        }

        return await bench.Measure("bare", hubs, async () => await IdleHubs.Open(people, url, hubs));
    }

    private async Task<object> Measure(string name, int count, Func<Task<IAsyncDisposable>> open)
    {
        if (count == 0) return 0;
        var before = await Heap.Settled(pid);
        held.Add(await open()); // stays: circuits whose socket is gone are kept for a while, and would be counted with the next
        await Tempo.Rest(pid);
        var asItIs = (Cores.Memory(pid) - before) / count;
        var settled = (await Heap.Settled(pid) - before) / count;
        await Look(name);
        return new { kilobytes = Kilo(settled), beforeCollection = Kilo(asItIs) };
    }

    private static double Kilo(long bytes) => Math.Round(bytes / 1000.0, 1);

    // For a look into the heap with a tool of one's own.
    private async Task Look(string name)
    {
        if (look is null) return;
        using var tool = Process.Start(look, [pid.ToString(CultureInfo.InvariantCulture), name]);
        await tool.WaitForExitAsync();
    }
}
