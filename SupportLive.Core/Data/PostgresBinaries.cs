using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>The server programs of one PostgreSQL installation: its `bin` folder and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest major version that has all the private database is configured with.</summary>
    internal const int Oldest = 14;

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    // "*" stands for a version. PATH comes before all of these.
    private static readonly string[] UsualPlaces =
    [
        "/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
        "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/usr/lib/postgresql/bin", "/usr/libexec/postgresql*",
    ];

    internal string Program(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Finds an installation: the first on PATH, else the newest in the usual places. A cluster that exists can only be run
    /// by its own major version, so with <paramref name="major"/> nothing else will do.
    /// </summary>
    /// <exception cref="StartupRefusal">There is none.</exception>
    internal static PostgresBinaries Find(int? major)
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualPlaces.SelectMany(Expand));
        var found = places.Select(At).OfType<PostgresBinaries>().FirstOrDefault(b => major is null ? b.Major >= Oldest : b.Major == major);
        return found ?? throw new StartupRefusal(major is null
            ? $"No PostgreSQL server programs (version {Oldest} or newer) were found. Install them (Debian: apt-get install postgresql; macOS: brew install postgresql@17), or set ConnectionStrings__SupportLive to a database."
            : $"The private database was made by PostgreSQL {major}, whose server programs were not found. Install PostgreSQL {major}, or set ConnectionStrings__SupportLive to another database.");
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0) return [pattern];

        var parent = pattern[..pattern.LastIndexOf('/', star)];
        var below = pattern[(parent.Length + 1)..].Split('/', 2);
        if (!Directory.Exists(parent)) return [];
        return Directory.EnumerateDirectories(parent, below[0]).OrderByDescending(VersionIn).Select(d => Path.Combine([d, .. below[1..]]));
    }

    private static int VersionIn(string folder) =>
        int.TryParse(Digits().Match(Path.GetFileName(folder)).Value, CultureInfo.InvariantCulture, out var version) ? version : 0;

    // A program on PATH is often a link to the real folder, which alone has its companions.
    private static PostgresBinaries? At(string folder)
    {
        var control = new FileInfo(Path.Combine(folder, "pg_ctl"));
        if (!control.Exists) return null;

        var real = Path.GetDirectoryName((control.ResolveLinkTarget(returnFinalTarget: true) ?? control).FullName)!;
        if (!Array.TrueForAll(Programs, p => File.Exists(Path.Combine(real, p)))) return null;
        return MajorOf(Path.Combine(real, "postgres")) is { } major ? new(real, major) : null;
    }

    private static int? MajorOf(string postgres)
    {
        using var process = Process.Start(new ProcessStartInfo(postgres, "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = Digits().Match(process.StandardOutput.ReadToEnd()).Value;
        process.WaitForExit();
        return int.TryParse(said, CultureInfo.InvariantCulture, out var major) ? major : null;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
