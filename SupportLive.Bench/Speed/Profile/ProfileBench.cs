using System.Diagnostics;
using System.Globalization;
using SupportLive.Bench.Load.Circuits;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Speed.Profile;

/// <summary>Where the core's time goes at saturation, per acknowledged message: perf's samples, sorted by what the innermost known frame is for.</summary>
internal static class ProfileBench
{
    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (rooms, pages, during) = (options.Number("rooms", 200), options.Number("pages", 20), TimeSpan.FromSeconds(options.Number("seconds", 8)));
        await using var stage = await Stage.Set();
        // Code that was compiled ahead, or lies in doubly mapped memory, has no names in the map that the runtime writes for perf.
        await using var talkers = await Contestant.SupportLive(stage, options.Server, rooms, ("DOTNET_PerfMapEnabled", "1"), ("DOTNET_ReadyToRun", "0"), ("DOTNET_EnableWriteXorExecute", "0"));
        await using var watched = await OpenPages.Open(talkers.Url, talkers.People.Take(pages).Select(p => (p, "/tickets"))); // whose rows move with every message
        await talkers.Warm();

        var file = Path.Combine(Path.GetTempPath(), $"supportlive-{Environment.ProcessId}.perf");
        using var perf = Process.Start(new ProcessStartInfo("perf", ["record", "-q", "-F", "997", "-C", "0", "-g", "-o", file, "--", "sleep", (during.TotalSeconds - 1).ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        var saturated = await talkers.Saturate(during);
        await perf.WaitForExitAsync();

        var sorted = await Samples.Sort(file, talkers.Pid);
        var perMessage = saturated.Busy.TotalMicroseconds / saturated.Messages;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{saturated.PerSecond:#,0} messages/s, {perMessage:0} µs of the core for each; {pages} pages open\n"));
        Console.WriteLine("| where | what | µs per message | share |\n|---|---|---|---|");
        var busy = sorted.Where(s => s.Key.What != Samples.Idle).ToArray();
        var all = busy.Sum(s => s.Value);
        foreach (var ((where, what), count) in busy.OrderBy(s => s.Key.Where, StringComparer.Ordinal).ThenByDescending(s => s.Value))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {where} | {what} | {perMessage * count / all:0.0} | {100.0 * count / all:0} % |"));
        }

        if (options.Number("unknown", 0) is > 0 and var top) Console.WriteLine(string.Join('\n', Samples.Unknown.OrderByDescending(u => u.Value).Take(top).Select(u => $"{u.Value,6} {u.Key}")));
        File.Delete(file);
        return 0;
    }
}
