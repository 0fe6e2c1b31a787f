using System.Runtime.InteropServices;

namespace SupportLive.Bench.Chaos.Ground;

/// <summary>Signals by number, as Linux counts them; only ever sent to processes that this run has started.</summary>
internal static class Signal
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int pid, int signal) => _ = kill(pid, signal);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
