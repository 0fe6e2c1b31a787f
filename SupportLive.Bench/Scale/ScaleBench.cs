using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Scale;

/// <summary>
/// The same questions to a small and to a large desk, in turn, so that both meet what else the machine is doing: what they cost must not grow
/// with the table.
/// </summary>
internal static class ScaleBench
{
    private const int Few = 15;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (small, large, calls) = (options.Number("small", 1_000), options.Number("large", 100_000), options.Number("calls", 60));
        await using var few = await SeededDesk.Set(small, options.Server, options.Text("keep"));
        await using var many = await SeededDesk.Set(large, options.Server, options.Text("keep"));
        var only = options.Text("only") ?? "";
        var asked = (await Asked.All(few, many, small, large)).Where(a => $"{a.Group}: {a.Name}".Contains(only, StringComparison.Ordinal)).ToArray();
        await Tempo.Warm(async _ =>
        {
            foreach (var one in asked) await one.Ask(Few);
        }, few.Pid, many.Pid);
        foreach (var one in asked)
        {
            one.Small.Forget();
            one.Large.Forget();
            await one.Ask(calls);
        }

        Console.WriteLine($"| | p50 / p95 at {small:N0} (ms) | p50 / p95 at {large:N0} (ms) | factor of p95 | bytes |\n|---|---|---|---|---|");
        foreach (var a in asked) Console.WriteLine($"| {a.Group}: {a.Name} | {a.Small.P50} / {a.Small.P95} | {a.Large.P50} / {a.Large.P95} | {a.Factor} | {a.Small.Bytes} / {a.Large.Bytes} |");
        Console.WriteLine($"\n| | how many | middle p50 at {small:N0} / {large:N0} | worst p50 | worst p95 | slowest | above twice, of those that say as much |\n|---|---|---|---|---|---|---|");
        foreach (var group in asked.GroupBy(a => a.Group).Select(g => g.ToArray()))
        {
            var grown = group.Where(a => a.Alike && a.Factor > 2).OrderByDescending(a => a.Factor).ToArray();
            Console.WriteLine($"| {group[0].Group} | {group.Length} | {Middle(group, a => a.Small.P50)} / {Middle(group, a => a.Large.P50)} | {group.Max(a => a.Small.P50)} / {group.Max(a => a.Large.P50)} "
                + $"| {group.Max(a => a.Small.P95)} / {group.Max(a => a.Large.P95)} | {group.MaxBy(a => a.Large.P95)!.Name} | {grown.Length} of {group.Count(a => a.Alike)}{(grown.Length > 0 ? $", {grown[0].Factor}: {grown[0].Name}" : "")} |");
        }

        Console.WriteLine($"filled in {few.Seconds} and {many.Seconds} s");
        return 0;
    }

    private static double Middle(Asked[] group, Func<Asked, double> of) => group.Select(of).Order().ElementAt(group.Length / 2);
}
