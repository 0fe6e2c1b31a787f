using System.Diagnostics;
using System.Globalization;

namespace SupportLive.Bench.Machine;

/// <summary>Who computes where, and how much: server and database share core 0, the generator has core 1.</summary>
internal static class Cores
{
    public const int Server = 0;
    public const int Generator = 1;

    private static readonly double TicksPerSecond = 100; // USER_HZ, fixed on Linux

    /// <summary>All threads of a process; those that start later inherit it.</summary>
    public static void Pin(int pid, int core)
    {
        using var taskset = Process.Start(new ProcessStartInfo("taskset", ["-apc", core.ToString(CultureInfo.InvariantCulture), pid.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
    }

    /// <summary>Processor time so far.</summary>
    public static TimeSpan Time(int pid) => Spent($"/proc/{pid}/stat");

    /// <summary>Processor time so far of the thread in which the .NET runtime recompiles what is hot; none for other programs.</summary>
    public static TimeSpan Compiling(int pid)
    {
        var compilers = Directory.EnumerateDirectories($"/proc/{pid}/task").Where(t => File.ReadAllText(Path.Combine(t, "comm")).StartsWith(".NET Tiered Com", StringComparison.Ordinal));
        return compilers.Aggregate(TimeSpan.Zero, (sum, thread) => sum + Spent(Path.Combine(thread, "stat")));
    }

    private static TimeSpan Spent(string stat)
    {
        var fields = File.ReadAllText(stat).Split(") ")[1].Split(' ');
        return TimeSpan.FromSeconds((double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }

    /// <summary>Processor time so far of a process and its children.</summary>
    public static TimeSpan Family(int parent)
    {
        var all = Time(parent);
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            try
            {
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[1].Split(' ');
                if (fields[1] == parent.ToString(CultureInfo.InvariantCulture)) all += Time(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // ended meanwhile
            }
        }

        return all;
    }

    /// <summary>How long a core has been busy, and how long it has waited for nothing or the disk.</summary>
    public static (TimeSpan Busy, TimeSpan Idle) Of(int core)
    {
        var ticks = File.ReadLines("/proc/stat").First(l => l.StartsWith($"cpu{core} ", StringComparison.Ordinal)).Split(' ')[1..].Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        var idle = ticks[3] + ticks[4];
        return (TimeSpan.FromSeconds((ticks[..8].Sum() - idle) / TicksPerSecond), TimeSpan.FromSeconds(idle / TicksPerSecond));
    }

    /// <summary>Resident bytes.</summary>
    public static long Memory(int pid) => long.Parse(
        File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
}
