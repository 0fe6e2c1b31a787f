using System.Runtime.Versioning;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>The folder that holds what one SupportLive keeps on disk: its private database, generated keys, attachments.</summary>
public static class DataFolder
{
    /// <summary>
    /// The folder to use, as a full path (not created): <paramref name="configured"/> (the value of SUPPORTLIVE_DATA) when
    /// set, else /var/lib/supportlive for root, else `supportlive` in the user's local application data.
    /// </summary>
    /// <exception cref="StartupRefusal">Nothing is configured and the user has no home.</exception>
    public static string Resolve(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured)) return Full(configured);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess) return "/var/lib/supportlive";

        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? Path.Combine(home, "supportlive")
            : throw new StartupRefusal("This user has no home folder. Set SUPPORTLIVE_DATA to a folder that SupportLive may use.");
    }

    internal static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <summary>
    /// Makes the folder if need be and claims it for this process until the result is disposed. The claim is a lock of the
    /// operating system, so it ends with the process, however that ends.
    /// </summary>
    /// <exception cref="StartupRefusal">Another process holds the folder, or this user may not write there.</exception>
    [UnsupportedOSPlatform("windows")]
    internal static FileStream Claim(string folder)
    {
        try
        {
            if (!Directory.Exists(folder)) Make(folder);
            return new FileStream(Path.Combine(folder, "supportlive.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsLocked(e))
        {
            throw new StartupRefusal($"Another SupportLive is already running on the data folder {folder}. Stop it, or set SUPPORTLIVE_DATA to another folder.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new StartupRefusal($"SupportLive cannot write to its data folder {folder}. Make it writable for this user, or set SUPPORTLIVE_DATA to another folder.");
        }
    }

    // Root's database runs as another user, who must be able to pass through (but not list) this folder, whatever the umask.
    [UnsupportedOSPlatform("windows")]
    private static void Make(string folder)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, Environment.IsPrivilegedProcess ? Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Owner);
    }

    // EWOULDBLOCK, which is all that .NET tells of a lock that is taken: 11 on Linux, 35 on macOS.
    private static bool IsLocked(IOException e) => e.HResult is 11 or 35;
}
