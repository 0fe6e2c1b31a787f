using System.Diagnostics;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Scale;

/// <summary>How many tickets customers open per second, by REST, each with one request under way.</summary>
internal static class OpeningBench
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (tickets, customers, during, runs) = (options.Number("tickets", 1_000), options.Number("customers", 64), TimeSpan.FromSeconds(options.Number("seconds", 5)), options.Number("runs", 3));
        await using var desk = await SeededDesk.Set(tickets, options.Server);
        var crowd = await desk.People.Make("customer", customers);
        await Tempo.Warm(stretch => desk.Asker.Open(crowd, stretch, new Figures()), desk.Pid);
        Console.WriteLine($"| beside {tickets:N0} tickets | opened per second | p50 / p95 (ms) | server µs | core µs | core idle |\n|---|---|---|---|---|---|");
        for (var run = 1; run <= runs; run++)
        {
            var figures = new Figures();
            var (server, core, began) = (Cores.Time(desk.Pid), Cores.Of(Cores.Server), Stopwatch.GetTimestamp());
            await desk.Asker.Open(crowd, during, figures);
            var (now, took) = (Cores.Of(Cores.Server), Stopwatch.GetElapsedTime(began));
            Console.WriteLine($"| {run} | {figures.Count / took.TotalSeconds:F0} | {figures.Percentile(.5)} / {figures.Percentile(.95)} | {Each(Cores.Time(desk.Pid) - server)} | {Each(now.Busy - core.Busy)} | {(now.Idle - core.Idle) / took:P0} |");

            string Each(TimeSpan time) => $"{time.TotalMicroseconds / figures.Count:F0}";
        }

        return 0;
    }
}
