using System.Diagnostics;
using System.Runtime.InteropServices;
using SupportLive.Bench.Chaos.Crowd;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Chaos.Nemesis;
using SupportLive.Bench.Chaos.Verdict;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Chaos;

/// <summary>Everybody writes and reads on two nodes while faults are injected; at the end, what was acknowledged and shown is compared with the log.</summary>
internal static class ChaosBench
{
    private const string DefaultServer = "SupportLive.Web/bin/Release/net10.0/SupportLive.Web.dll";

    // Nothing is proved by it, in either direction: a deadline was missed, or somebody ended it.
    private const int Unfinished = 2;

    // Beyond the faults themselves: setting up, the last fault, getting quiet, reading back.
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(6);

    public static async Task<int> Run(string[] args)
    {
        if (args.Contains("--self-check")) return SelfCheck.Run();
        var options = new Options(args);
        var minutes = options.Number("minutes", 2);
        var chosen = options.Text("faults")?.Split(',') ?? [.. Faults.All.Keys];
        if (chosen.Except(Faults.All.Keys).ToArray() is { Length: > 0 } unknown)
        {
            await Console.Error.WriteLineAsync($"Unknown: {string.Join(", ", unknown)}. Known: {string.Join(", ", Faults.All.Keys)}.");
            return 1;
        }

        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(minutes) + Around);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => End(c, over));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => End(c, over));
        ThreadPool.SetMinThreads(64, 64);
        try
        {
            return await Run(options, TimeSpan.FromMinutes(minutes), chosen, over.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"The run did not come to its end: {e.Message}");
            return Unfinished;
        }
    }

    private static void End(PosixSignalContext context, CancellationTokenSource over)
    {
        context.Cancel = true;
        over.Cancel();
    }

    private static async Task<int> Run(Options options, TimeSpan during, IReadOnlyList<string> chosen, CancellationToken ct)
    {
        var seed = options.Number("seed", Random.Shared.Next(1_000_000));
        Console.WriteLine($"seed {seed}: {string.Join(", ", chosen)}");
        var (since, ledger) = (Stopwatch.GetTimestamp(), new Ledger());
        using var hub = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var site = await Site.Open(options.Text("server") ?? DefaultServer, chosen.Contains(Faults.DiskFull), ct);
        using var door = new Door(site.Nodes);
        var cast = new Cast(ledger, site.Nodes, door, seed, giveUp.Token);
        var everyone = await Everyone.Gather(site, cast, door, ledger, options.Number("senders", 200), hub.Token).WaitAsync(ct);
        var adversary = new Adversary(new Scene(site, everyone, door, ledger, options.Number("herd", during > TimeSpan.FromMinutes(5) ? 1000 : 300), new Random(seed)), seed);

        var life = everyone.Live(TimeSpan.FromMilliseconds(options.Number("pause", 1000)), stop.Token);
        try
        {
            await await Task.WhenAny(life, adversary.Run(chosen, during, ct)); // life ends first only when it fails
            await stop.CancelAsync();
            giveUp.CancelAfter(TimeSpan.FromSeconds(60));
            await life.WaitAsync(TimeSpan.FromSeconds(90), ct);
            await adversary.Serving(ct);
            var violations = await new Closing(site, everyone, door, ledger, ct).Judge();
            await hub.CancelAsync();
            new Report(seed, Stopwatch.GetElapsedTime(since), ledger, everyone, adversary, site, violations).Print();
            return violations.Count == 0 ? 0 : 1;
        }
        finally
        {
            await hub.CancelAsync();
            await stop.CancelAsync();
            await giveUp.CancelAsync();
        }
    }
}
