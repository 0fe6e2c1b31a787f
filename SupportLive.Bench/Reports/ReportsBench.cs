using System.Globalization;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Scale;

namespace SupportLive.Bench.Reports;

/// <summary>What the reports page costs beside a small and a large table, for a month and for all there is.</summary>
internal static class ReportsBench
{
    private static readonly (string Name, int Days, string More)[] Questions =
    [
        ("last 7 days", 7, ""), ("last 30 days", 30, ""), ("last 365 days", 365, ""), ("two years", 731, ""), ("last 30 days, one category", 30, "&category=technical"), ("two years, one category", 731, "&category=technical"),
    ];

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (small, large, calls) = (options.Number("small", 1_000), options.Number("large", 100_000), options.Number("calls", 40));
        await using var few = await SeededDesk.Set(small, options.Server, options.Text("keep"));
        await using var many = await SeededDesk.Set(large, options.Server, options.Text("keep"));
        var managers = ((await few.People.Make("manager", 1))[0], (await many.People.Make("manager", 1))[0]);
        Console.WriteLine($"| the whole summary | p50 / p95 at {small:N0} (ms) | p50 / p95 at {large:N0} (ms) | kB |\n|---|---|---|---|");
        foreach (var (name, days, more) in Questions)
        {
            var from = DateTime.UtcNow.Date.AddDays(1 - days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var path = $"/api/reports/summary?from={from}&timeZone=Europe/Lisbon{more}";
            var (a, _) = await Ask(few, managers.Item1, path, calls);
            var (b, bytes) = await Ask(many, managers.Item2, path, calls);
            Console.WriteLine($"| {name} | {a.Percentile(.5)} / {a.Percentile(.95)} | {b.Percentile(.5)} / {b.Percentile(.95)} | {bytes / 1000} |");
        }

        return 0;
    }

    private static async Task<(Figures Figures, long Bytes)> Ask(SeededDesk desk, Person manager, string path, int calls)
    {
        var figures = new Figures();
        var size = 0L;
        for (var n = 0; n < calls + 5; n++)
        {
            var (took, bytes) = await desk.Asker.Ask(manager, path);
            if (n >= 5) figures.Add(took);
            size = bytes;
        }

        return (figures, size);
    }
}
