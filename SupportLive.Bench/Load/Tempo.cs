using System.Diagnostics;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>How hard talkers talk.</summary>
internal static class Tempo
{
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Loads servers until their runtimes have compiled and recompiled what is hot: the compiler takes a core of this machine for a third of a
    /// second at a time, and would be measured with the first figures. Those that compile otherwise are loaded for a while.
    /// </summary>
    public static async Task Warm(Func<TimeSpan, Task> load, params int[] pids)
    {
        var started = Stopwatch.GetTimestamp();
        var still = true;
        while (still)
        {
            var compiled = pids.Select(Cores.Compiling).ToArray();
            await load(Stretch);
            var took = Stopwatch.GetElapsedTime(started);
            still = took < AtLeast || (took < Patience && pids.Zip(compiled).Any(p => Cores.Compiling(p.First) - p.Second > Stretch * 0.03));
        }
    }

    /// <summary>Waits until a server's runtime compiles nothing any more; what it keeps for that would be counted with what is measured next.</summary>
    public static async Task Rest(int pid)
    {
        TimeSpan compiled;
        do
        {
            compiled = Cores.Compiling(pid);
            await Task.Delay(Stretch);
        }
        while (Cores.Compiling(pid) > compiled);
    }

    /// <summary>Closed loop: every talker sends its next message when the last is acknowledged.</summary>
    public static async Task<Saturation> Saturate(IReadOnlyList<Talker> talkers, TimeSpan during, int pid)
    {
        var (acknowledged, cpu, core, started) = (Interlocked.Read(ref Talker.Acknowledged), Cores.Time(pid), Cores.Of(Cores.Server), Stopwatch.GetTimestamp());
        using var until = new CancellationTokenSource(during);
        await Task.WhenAll(talkers.Select(t => t.Flood(until.Token)));
        var count = Interlocked.Read(ref Talker.Acknowledged) - acknowledged;
        var now = Cores.Of(Cores.Server);
        return new(count / Stopwatch.GetElapsedTime(started).TotalSeconds, count, Cores.Time(pid) - cpu, now.Busy - core.Busy, now.Idle - core.Idle);
    }

    /// <summary>Open loop: what is due by now is sent, whether or not earlier ones have been answered.</summary>
    public static async Task<Figures> AtRate(IReadOnlyList<Talker> talkers, Figures seen, int perSecond, TimeSpan during)
    {
        seen.Clear();
        var (started, said) = (Stopwatch.GetTimestamp(), 0);
        while (Stopwatch.GetElapsedTime(started) < during)
        {
            var due = (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond);
            while (said < due) await talkers[said++ % talkers.Count].Say();
            await Task.Delay(1);
        }

        await Task.Delay(500);
        return seen.Copy();
    }
}

/// <summary>What was reached with every talker waiting for its acknowledgement.</summary>
/// <param name="Cpu">Of the server process.</param>
/// <param name="Busy">Of the core that server and database share, whoever used it.</param>
internal sealed record Saturation(double PerSecond, long Messages, TimeSpan Cpu, TimeSpan Busy, TimeSpan Idle);
