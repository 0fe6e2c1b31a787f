using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using SupportLive.Bench.Chaos.Crowd;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Nemesis;

/// <summary>What clients do, and what is done to them.</summary>
internal static class ClientFaults
{
    // Of 4 kB each: more than the kernel's buffers and one connection's queue hold together.
    private const int Flood = 2500;

    /// <summary>Half of the senders lose their line after sending and before the answer, several times.</summary>
    public static async Task<string> Cut(Scene scene, CancellationToken ct)
    {
        var cut = 0;
        for (var round = 0; round < 3; round++)
        {
            foreach (var sender in scene.Everyone.Senders)
            {
                if (scene.Random.Next(2) == 0) continue;
                if (sender.Hub is { } hub) hub.CutNext = true;
                else sender.CutNext = true;
                cut++;
            }

            await Task.Delay(scene.Between(1.5, 2.5), ct);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{cut} times");
    }

    /// <summary>A customer stops reading while more is written than one connection's queue holds; it must be cut or told, and be whole later.</summary>
    public static async Task<string> StopReading(Scene scene, CancellationToken ct)
    {
        var hose = scene.Everyone.Hose;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        enough.CancelAfter(TimeSpan.FromSeconds(12));
        var (before, left) = (hose.Customer.Outages.Count, Flood);
        var stalled = hose.Customer.StopReading(TimeSpan.FromSeconds(14), ct);
        var writers = hose.Senders.Where(s => s.Hub is null).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            while (!enough.IsCancellationRequested && Interlocked.Decrement(ref left) >= 0) await writers[i % writers.Length].Say(Deed.Message, 4000);
        }));
        await stalled;
        await Task.Delay(TimeSpan.FromSeconds(2), ct); // it reads what was on its way, and finds that it was cut
        return string.Create(CultureInfo.InvariantCulture, $"{Flood - Math.Max(0, left)} messages, {(hose.Customer.Outages.Count > before ? "cut by the server" : "not cut")}");
    }

    /// <summary>Everybody's line is cut at once, and a crowd of others comes with them.</summary>
    public static async Task<string> Herd(Scene scene, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        foreach (var client in scene.Everyone.Clients) client.Cut();
        await Task.WhenAll(Enumerable.Range(0, scene.Herd).Select(i => Visit(scene, i, new Random(scene.Random.Next()), ct)));
        var crowd = Stopwatch.GetElapsedTime(since);
        while (scene.Everyone.Clients.Any(c => !c.IsConnected && c.Reader.Revoked is null) && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(60)) await Task.Delay(50, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{scene.Herd} visitors whole in {crowd.TotalSeconds:0.0} s, everybody in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
    }

    private static async Task Visit(Scene scene, int number, Random random, CancellationToken ct)
    {
        var room = scene.Everyone.Rooms[number % scene.Everyone.Rooms.Count];
        for (var failures = 0; failures < 20; failures++)
        {
            try
            {
                await using var line = await Line.Open(scene.Site.Nodes[(number + failures) % scene.Site.Nodes.Length].Url, room.Customer.Person.Token, static (_, _) => { }, ct);
                if ((await line.Call("resume", [new[] { new { ticketId = room.Ticket, after = 0 } }])).Ending == Ending.Ok) return;
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
            {
                ct.ThrowIfCancellationRequested();
            }

            await Jitter.Wait(failures, random, ct);
        }

        scene.Ledger.Odd("a visitor was not let in after twenty attempts");
    }

    /// <summary>An account is disabled; within five seconds nothing reaches it any more, on any node.</summary>
    public static async Task<string> Revoke(Scene scene, CancellationToken ct)
    {
        if (scene.Everyone.Doom() is not { } doomed) throw new Skipped("nobody is left to be disabled");
        var answer = await scene.Door.Post(scene.Random.Next(2), scene.Everyone.Admin, $"/api/users/{doomed.Person.Id}/disable", new { });
        if (answer.Ending != Ending.Ok) throw new Skipped($"the account could not be disabled: {answer.Code}");
        var acknowledged = Moment.Now;
        doomed.Reader.Revoked = acknowledged + 5_000_000_000;
        await Task.Delay(TimeSpan.FromSeconds(6), ct);
        if (doomed.IsConnected) scene.Ledger.LetIn($"{doomed.Reader.Name} was still connected six seconds after it had been disabled");
        for (var node = 0; node < scene.Door.Count; node++)
        {
            if ((await scene.Door.Get(node, doomed.Person, "/api/me")).Ending == Ending.Ok) scene.Ledger.LetIn($"{doomed.Reader.Name} used REST six seconds after it had been disabled");
        }

        return doomed.Reader.Name;
    }
}
