using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Load.Circuits;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Speed;

namespace SupportLive.Bench.Crowds;

/// <summary>What open walls cost the server while a busy desk talks: none, one, and many of them, in the same run.</summary>
internal sealed class WallBench(People people, Uri url, int pid, IReadOnlyList<Conversation> talk, int rate, int seconds)
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (walls, rate, seconds, rooms, queue) = (options.Number("walls", 20), options.Number("rate", 500), options.Number("seconds", 20), options.Number("rooms", 100), options.Number("queue", 200));
        await using var stage = await Stage.Set();
        var (url, pid) = await stage.Serve(options.Server);
        var people = new People(stage.Database, stage.Key, url);
        var talk = await Scene.Conversations(people, rooms, messages: 4);
        await Scene.Queue(people, queue);
        var managers = await people.Make("manager", walls);
        var bench = new WallBench(people, url, pid, talk, rate, seconds);
        await bench.Measure(managers, 0); // warm
        await bench.Measure(managers, walls);

        var seen = new List<Seen>();
        foreach (var count in (int[])[0, 1, walls, 0, 1, walls, 0, 1, walls]) seen.Add(await bench.Measure(managers, count));
        var medians = seen.GroupBy(s => s.Walls).Select(g => new
        {
            walls = g.Key,
            cpuPerSecondMs = Math.Round(SpeedRun.Median(g.Select(s => s.CpuPerSecondMs)), 1),
            drawnPerSecond = Math.Round(SpeedRun.Median(g.Select(s => s.DrawnPerSecond)), 1),
            kilobytesDrawn = Math.Round(SpeedRun.Median(g.Select(s => s.KilobytesDrawn)), 1),
        });
        Console.WriteLine(JsonSerializer.Serialize(new { rate, seconds, rooms, queue, medians, seen, lost = Circuit.Lost }, JsonSerializerOptions.Web));
        return 0;
    }

    private async Task<Seen> Measure(IReadOnlyList<Person> managers, int walls)
    {
        await using var open = await OpenPages.Open(url, managers.Take(walls).Select(m => (m, "/admin")));
        var (batches, bytes) = (0, 0L);
        foreach (var page in open.Pages)
        {
            page.Drawn = batch =>
            {
                Interlocked.Increment(ref batches);
                Interlocked.Add(ref bytes, batch.Length);
            };
        }

        await Tempo.Rest(pid);
        (batches, bytes) = (0, 0);
        var (cpu, since) = (Cores.Time(pid), Stopwatch.GetTimestamp());
        var memory = Cores.Memory(pid);
        await Talk();
        var (spent, took) = (Cores.Time(pid) - cpu, Stopwatch.GetElapsedTime(since));
        return new Seen(walls, spent.TotalMilliseconds / took.TotalSeconds, walls == 0 ? 0 : batches / took.TotalSeconds / walls, batches == 0 ? 0 : bytes / 1000.0 / batches, (Cores.Memory(pid) - memory) / 1e6);
    }

    // In even steps, whoever answers late: the next one goes when its time has come.
    private async Task Talk()
    {
        var sent = new List<Task>();
        var since = Stopwatch.GetTimestamp();
        for (var n = 0; n < rate * seconds; n++)
        {
            var wait = TimeSpan.FromSeconds((double)n / rate) - Stopwatch.GetElapsedTime(since);
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
            sent.Add(Say(talk[n % talk.Count], n));
        }

        await Task.WhenAll(sent);
    }

    private async Task Say(Conversation room, int n)
    {
        using var said = await people.Post(n / talk.Count % 2 == 0 ? room.Customer : room.Agent, $"/api/chats/{room.Id}/messages", new { clientId = Guid.NewGuid(), body = string.Create(CultureInfo.InvariantCulture, $"And then, {n}, nothing happened.") });
        said.EnsureSuccessStatusCode();
    }

    private sealed record Seen(int Walls, double CpuPerSecondMs, double DrawnPerSecond, double KilobytesDrawn, double GrewMegabytes);
}
