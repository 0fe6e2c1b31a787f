using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// What the private database keeps in the data folder: `database/cluster` (PostgreSQL's own files), `database/socket`,
/// `database/server.log`, and `database.password`, which only the user of SupportLive can read.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ClusterFolder(string data)
{
    internal const string Superuser = "supportlive";

    // Above 103 bytes a socket's path does not fit on macOS (107 on Linux).
    private const int LongestSocketPath = 100;
    private const string SocketName = ".s.PGSQL.5432";

    internal string Data { get; } = data;
    internal string Home { get; } = Path.Combine(data, "database");
    internal string Cluster => Path.Combine(Home, "cluster");
    internal string Log => Path.Combine(Home, "server.log");
    private string PasswordFile => Path.Combine(Data, "database.password");

    internal bool Exists => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    /// <summary>The major version that made the cluster; null when there is none yet.</summary>
    internal int? Major => Exists ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim(), CultureInfo.InvariantCulture) : null;

    /// <exception cref="StartupRefusal">The file is gone, and with it the way into the database.</exception>
    internal string Password => File.Exists(PasswordFile)
        ? File.ReadAllText(PasswordFile).Trim()
        : throw new StartupRefusal($"The password of the private database, {PasswordFile}, is missing. Put it back from a backup, or set SUPPORTLIVE_DATA to another folder.");

    /// <summary>
    /// In the data folder, or, when that path is too long for a socket, a folder in /tmp whose name hangs on the password, so
    /// that nobody else can make it first.
    /// </summary>
    internal string SocketFolder
    {
        get
        {
            var near = Path.Combine(Home, "socket");
            if (Encoding.UTF8.GetByteCount(Path.Combine(near, SocketName)) < LongestSocketPath) return near;
            return "/tmp/supportlive-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Password + Home)))[..16];
        }
    }

    /// <summary>
    /// Makes the cluster. It is made under another name and renamed at the end, so that one that was interrupted half-way is
    /// never taken for a cluster.
    /// </summary>
    internal async Task Create(PostgresBinaries binaries, ServerUser user)
    {
        await user.Own(Home);
        var unfinished = Path.Combine(Home, "unfinished");
        var passwordForInitdb = Path.Combine(Home, "password");
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        WriteSecret(PasswordFile, password);
        WriteSecret(passwordForInitdb, password);
        await user.Own(Home);
        // Sorted by code points, which is fast and the same everywhere; but with the small and capital letters of all alphabets, or search would tell them apart.
        var initdb = await Make("--lc-ctype=C.UTF-8");
        if (!initdb.Worked) initdb = await Make(); // a system that does not know this locale
        File.Delete(passwordForInitdb);
        initdb.MustHaveWorked();
        await File.AppendAllTextAsync(Path.Combine(unfinished, "postgresql.conf"), $"\ninclude '{PrivateSettings.FileName}'\n");
        Directory.Move(unfinished, Cluster);

        Task<ServerUser.Finished> Make(params string[] letters) =>
            user.Run([binaries.Program("initdb"), "-D", unfinished, "-U", Superuser, "--pwfile", passwordForInitdb, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", .. letters, "--data-checksums"]);
    }

    private static void WriteSecret(string path, string secret)
    {
        File.Delete(path);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(secret));
        file.Flush(flushToDisk: true);
    }
}
