using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SupportLive.Bench.Load;
using SupportLive.Bench.Load.Circuits;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Speed;

namespace SupportLive.Bench.Crowds;

/// <summary>How long after a customer has sent a new ticket the last of many agents has it: programs on the hub, and desks in browsers.</summary>
internal sealed class DesksBench
{
    private byte[] marker = [];
    private int hubs;
    private int pages;
    private long lastHub;
    private long lastPage;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (agents, desks, runs) = (options.Number("agents", 1000), options.Number("desks", 100), options.Number("runs", 5));
        await using var stage = await Stage.Set();
        var (url, pid) = await stage.Serve(options.Server);
        var people = new People(stage.Database, stage.Key, url);
        var customer = (await people.Make("customer", 1))[0];
        var bench = new DesksBench();
        await using var listeners = await IdleHubs.Open(people, url, agents, "agent", bench.HeardByHub);
        var lookers = await people.Make("agent", Math.Max(1, desks));
        await using var open = await OpenPages.Open(url, lookers.Take(desks).Select(a => (a, "/desk")));
        foreach (var page in open.Pages) page.Drawn = bench.Drawn;
        for (var i = 0; i < 5; i++) await bench.Tell(people, customer, pid, agents, desks); // warm

        var told = new List<Telling>();
        for (var i = 0; i < runs; i++) told.Add(await bench.Tell(people, customer, pid, agents, desks));
        double Median(Func<Telling, double> of) => SpeedRun.Median(told.Select(of));
        Console.WriteLine(JsonSerializer.Serialize(new { agents, desks, told, median = new { lastHubMs = Median(t => t.LastHubMs), lastDeskMs = Median(t => t.LastDeskMs), serverCpuMs = Median(t => t.ServerCpuMs) }, lost = HubSocket.Lost + Circuit.Lost }, JsonSerializerOptions.Web));
        return 0;
    }

    private async Task<Telling> Tell(People people, Person customer, int pid, int agents, int desks)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"Told {Guid.NewGuid():N}");
        (marker, hubs, pages, lastHub, lastPage) = (Encoding.UTF8.GetBytes(subject), 0, 0, 0, 0);
        var (cpu, since) = (Cores.Time(pid), Stopwatch.GetTimestamp());
        await people.Open(customer, subject);
        var answered = Stopwatch.GetElapsedTime(since);
        while ((Volatile.Read(ref hubs) < agents || Volatile.Read(ref pages) < desks) && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10)) await Task.Delay(5);
        var told = new Telling(Math.Round(answered.TotalMilliseconds), hubs, Since(lastHub), pages, Since(lastPage), (Cores.Time(pid) - cpu).TotalMilliseconds);
        await Task.Delay(3000); // notifications and the rest go their way
        return told;

        double Since(long at) => at == 0 ? 0 : Math.Round(Stopwatch.GetElapsedTime(since, at).TotalMilliseconds);
    }

    private void HeardByHub(ReadOnlySpan<byte> frame)
    {
        if (frame.IndexOf("\"ticket_created\""u8) < 0 || frame.IndexOf(marker) < 0 || frame.IndexOf("\"notification\""u8) >= 0) return;
        Volatile.Write(ref lastHub, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref hubs);
    }

    private void Drawn(ReadOnlySpan<byte> batch)
    {
        if (batch.IndexOf(marker) < 0) return;
        Volatile.Write(ref lastPage, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref pages);
    }

    private sealed record Telling(double AnsweredMs, int Hubs, double LastHubMs, int Desks, double LastDeskMs, double ServerCpuMs);
}
