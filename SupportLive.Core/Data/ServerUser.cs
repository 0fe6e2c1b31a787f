using System.Diagnostics;
using System.Runtime.Versioning;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// Who runs the server programs. They refuse to run as root, so root runs them as the system user `postgres`, who must then
/// own the cluster and be able to reach it; everybody else runs them as themselves.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ServerUser
{
    // The rest of our environment stays behind: it may hold keys and passwords, and PG… variables would redirect the programs.
    private static readonly string[] PassedOn = ["PATH", "LD_LIBRARY_PATH", "TMPDIR"];

    private readonly string[] _asUser;

    private ServerUser(string[] asUser) => _asUser = asUser;

    private bool IsAnother => _asUser.Length > 0;

    /// <exception cref="StartupRefusal">This is root, and there is no user `postgres` or no way to act as one.</exception>
    internal static async Task<ServerUser> ForThisProcess()
    {
        if (!Environment.IsPrivilegedProcess) return new([]);

        foreach (string[] way in (string[][])[["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"], ["runuser", "-u", "postgres", "--"]])
        {
            var user = new ServerUser(way);
            if (IsOnPath(way[0]) && (await user.Run("true")).Worked) return user;
        }
        throw new StartupRefusal("PostgreSQL refuses to run as root, and the system user postgres, who would run it, cannot be used. Install the postgresql package, run SupportLive as an ordinary user, or set ConnectionStrings__SupportLive.");
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <exception cref="StartupRefusal">The user cannot pass through <paramref name="folder"/>, or a folder above it.</exception>
    internal async Task MustReach(string folder)
    {
        if (IsAnother && !(await Run("test", "-x", folder)).Worked)
            throw new StartupRefusal($"The system user postgres, who runs the private PostgreSQL for root, cannot reach the data folder {folder}. Set SUPPORTLIVE_DATA to a folder outside root's home, such as /var/lib/supportlive.");
    }

    /// <summary>Makes <paramref name="folder"/> for the user alone, or makes it and all in it the user's again.</summary>
    internal async Task Own(string folder)
    {
        const UnixFileMode UserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, UserAlone);
        File.SetUnixFileMode(folder, UserAlone);
        if (IsAnother) (await Execute("chown", "-R", "postgres:", folder)).MustHaveWorked();
    }

    /// <summary>
    /// Runs a program as the user, from the root folder, and waits for its end. Not cancellable: a start that is abandoned
    /// half-way would leave a server that nobody knows of.
    /// </summary>
    internal Task<Finished> Run(params string[] command) => Execute([.. _asUser, .. command]);

    private static async Task<Finished> Execute(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var name in PassedOn)
            if (Environment.GetEnvironmentVariable(name) is { } value) start.Environment[name] = value;
        start.Environment["LC_ALL"] = "C";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(command, process.ExitCode, string.Join('\n', said).Trim());
    }

    internal sealed record Finished(string[] Command, int ExitCode, string Said)
    {
        internal bool Worked => ExitCode == 0;

        internal void MustHaveWorked()
        {
            if (!Worked) throw new StartupRefusal($"`{string.Join(' ', Command)}` failed with code {ExitCode}: {Said}");
        }
    }
}
