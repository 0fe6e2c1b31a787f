using System.Globalization;
using System.Text.Json;
using SupportLive.Bench.Chaos.Crowd;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Chaos.Nemesis;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>A table for people, one line of JSON for programs, and the offending histories if there are any.</summary>
internal sealed class Report(int seed, TimeSpan took, Ledger ledger, Everyone everyone, Adversary adversary, Ground.Site site, List<Violation> violations)
{
    private static readonly JsonSerializerOptions Camel = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DictionaryKeyPolicy = JsonNamingPolicy.CamelCase };

    private const int Slowest = 5;

    private readonly List<Operation> operations = ledger.Operations;

    public void Print()
    {
        foreach (var violation in violations.GroupBy(v => v.Promise).SelectMany(g => g.Take(5)))
        {
            Console.WriteLine($"BROKEN {violation.Promise}: {violation.What}");
            foreach (var line in violation.History.Take(40)) Console.WriteLine("    " + line);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"fault",-14}{"times",6}{"served again (s)",18}{"longest answer (s)",20}{"lines logged",14}"));
        foreach (var kind in adversary.Blows.GroupBy(b => b.Fault).OrderBy(g => g.Key, StringComparer.Ordinal))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Key,-14}{kind.Count(),6}{Recovery(kind),18:0.0}{LongestAnswer(kind),20:0.0}{kind.Max(b => b.Printed),14}"));
        foreach (var slow in operations.Where(o => o.Ended > 0).OrderByDescending(o => o.Ended - o.Invoked).Take(Slowest)) Console.WriteLine($"slow: {slow}");
        foreach (var (fault, why) in adversary.Skipped) Console.WriteLine($"{fault,-14} left out: {why}");
        foreach (var (what, count) in ledger.Oddities.OrderByDescending(o => o.Value).Take(12)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,6} × {what}"));
        foreach (var (what, count) in Complaints().Take(8)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,6} × {what}"));
        Console.WriteLine(string.Join("  ", Enum.GetValues<Broken>().Select(b => $"{b} {violations.Count(v => v.Promise == b)}")));
        Console.WriteLine(JsonSerializer.Serialize(Figures(), Camel));
    }

    private static double Recovery(IEnumerable<Blow> blows) => blows.Max(b => Moment.Between(b.Healed, b.Served).TotalSeconds);

    // Of all that was asked for while the fault lasted or was being got over.
    private double LongestAnswer(IEnumerable<Blow> blows) => blows.Max(b =>
        operations.Where(o => o.Ended > 0 && o.Invoked < b.Served && o.Ended > b.Begun).Select(o => Moment.Between(Math.Max(o.Invoked, b.Begun), o.Ended).TotalSeconds).DefaultIfEmpty().Max());

    private object Figures()
    {
        var waits = Waits();
        return new
        {
            seed,
            seconds = Math.Round(took.TotalSeconds),
            accounts = everyone.Accounts,
            connections = everyone.Clients.Count,
            operations = Enum.GetValues<Ending>().ToDictionary(e => e.ToString().ToLowerInvariant(), e => operations.Count(o => o.Ending == e)),
            byDeed = Enum.GetValues<Deed>().ToDictionary(d => d.ToString(), d => operations.Count(o => o.Deed == d && o.IsOk)),
            retried = operations.Count(o => o.Attempts > 1),
            refusals = operations.Where(o => o.Ending == Ending.Fail).GroupBy(o => o.Code ?? "").ToDictionary(g => g.Key, g => g.Count()),
            shown = ledger.Readers.Sum(r => r.Sights.Count),
            faults = adversary.Blows.GroupBy(b => b.Fault).ToDictionary(g => g.Key, g => new { times = g.Count(), servedAgain = Math.Round(Recovery(g), 1), longestAnswer = Math.Round(LongestAnswer(g), 1), linesLogged = g.Max(b => b.Printed) }),
            leftOut = adversary.Skipped,
            withoutService = new { median = At(waits, .5), p95 = At(waits, .95), longest = At(waits, 1) },
            linesLogged = site.Printed,
            complaints = Complaints(),
            odd = ledger.Oddities,
            broken = Enum.GetValues<Broken>().ToDictionary(b => b.ToString(), b => violations.Count(v => v.Promise == b)),
        };
    }

    private Dictionary<string, int> Complaints() => site.Nodes.SelectMany(n => n.Complaints.ToArray()).GroupBy(c => c.Key).OrderByDescending(g => g.Sum(c => c.Value)).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));

    // The longest time without service of each client, sorted: without an answer to what it asked, or without its hub.
    private List<double> Waits()
    {
        var asked = operations.Where(o => o.Ended > 0).GroupBy(o => o.Client).Select(g => g.Max(o => Moment.Between(o.Invoked, o.Ended).TotalSeconds));
        var away = everyone.Clients.Where(c => c.Reader.Revoked is null).Select(c => c.Outages.All.Select(o => Moment.Between(o.From, o.To).TotalSeconds).DefaultIfEmpty().Max());
        return [.. asked.Concat(away).Order()];
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : Math.Round(sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)], 1);
}
