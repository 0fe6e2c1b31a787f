using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// The server process of the private database. pg_ctl gives it a session of its own, so that Ctrl+C in the terminal does not
/// end it before SupportLive has finished what is in flight; for the same reason it outlives a SupportLive that is killed.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Postmaster(PostgresBinaries binaries, ServerUser user, ClusterFolder folder)
{
    private const string NoSuchPid = "2147483647";
    private const int LargestLog = 16 * 1024 * 1024;

    private string PidFile => Path.Combine(folder.Cluster, "postmaster.pid");

    /// <summary>Where the running server listens (line 5 of its pid file), else where the next one will.</summary>
    internal string SocketFolder => IsRunning && PidLines() is [_, _, _, _, { Length: > 0 } socket, ..] ? socket : folder.SocketFolder;

    /// <summary>
    /// Whether the server of this cluster is alive. The pid alone proves nothing, since another program may have got the
    /// number after a crash or in a new container: its command line must end with the cluster's folder as the server wrote it.
    /// </summary>
    internal bool IsRunning => PidLines() is [var pid, var cluster, ..]
        && int.TryParse(pid, CultureInfo.InvariantCulture, out var number)
        && CommandLineOf(number) is { } command
        && command.Contains("postgres", StringComparison.Ordinal)
        && command.EndsWith(cluster, StringComparison.Ordinal);

    private string[] PidLines()
    {
        try
        {
            return File.ReadAllLines(PidFile);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static string? CommandLineOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux()) return File.ReadAllText($"/proc/{pid}/cmdline").TrimEnd('\0');
            using var ps = Process.Start(new ProcessStartInfo("ps", ["-p", $"{pid}", "-o", "command="]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            return ps.StandardOutput.ReadToEnd().TrimEnd();
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }

    /// <summary>Starts the server, which must not be running, and waits at most <paramref name="seconds"/> until it is ready.</summary>
    /// <exception cref="StartupRefusal">It did not start; the sentence has the last lines of its log.</exception>
    internal async Task Launch(int seconds)
    {
        await user.Own(folder.SocketFolder);
        ForgetTheDead();
        if (File.Exists(folder.Log) && new FileInfo(folder.Log).Length > LargestLog) File.Move(folder.Log, folder.Log + ".1", overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster, PrivateSettings.FileName), PrivateSettings.For(folder.SocketFolder));
        await user.Own(folder.Home);

        var started = await user.Run(binaries.Program("pg_ctl"), "start", "-w", "-t", $"{seconds}", "-D", folder.Cluster, "-l", folder.Log);
        if (!started.Worked) throw DidNotStart();
    }

    // A pid in these files that now belongs to another program of the same user would keep the server from starting. The pid
    // file itself stays, because it also names the shared memory by which PostgreSQL detects left-over backends.
    private void ForgetTheDead()
    {
        if (PidLines() is [_, .. var rest]) File.WriteAllLines(PidFile, [NoSuchPid, .. rest]);
        File.Delete(Path.Combine(folder.SocketFolder, ".s.PGSQL.5432.lock"));
    }

    internal StartupRefusal DidNotStart()
    {
        var lines = File.Exists(folder.Log) ? File.ReadLines(folder.Log).TakeLast(10) : [];
        return new($"The private PostgreSQL did not start. The last lines of its log, {folder.Log}:\n{string.Join('\n', lines)}");
    }

    /// <summary>Ends every connection and stops the server; false if it was still there after 25 seconds.</summary>
    internal async Task<bool> Stop() => !IsRunning
        || (await user.Run(binaries.Program("pg_ctl"), "stop", "-m", "fast", "-w", "-t", "25", "-D", folder.Cluster)).Worked;
}
