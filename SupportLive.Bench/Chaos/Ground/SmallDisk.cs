using System.Diagnostics;
using System.Globalization;

namespace SupportLive.Bench.Chaos.Ground;

/// <summary>A file system in memory that holds the log's table and can be made full and roomy again. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Roomy = "4g";

    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    /// <summary>Null where mounting is not permitted.</summary>
    public static async Task<SmallDisk?> Under(string folder, Postgres database, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        if (!Environment.IsPrivilegedProcess || !Run("mount", "-t", "tmpfs", "-o", $"size={Roomy}", "tmpfs", folder)) return null;
        var disk = new SmallDisk(folder);
        try
        {
            Directory.CreateDirectory(disk.Space);
            if (!Run("chown", "-R", $"--reference={Path.GetDirectoryName(folder)}/database", folder)) throw new InvalidOperationException("The small disk cannot be given to PostgreSQL.");
            await database.Ask($"create tablespace small location '{disk.Space}'", ct);
            await database.Ask("alter table timeline set tablespace small", ct);
            foreach (var index in ((string)(await database.Ask("select string_agg(indexname, ',') from pg_indexes where tablename = 'timeline'", ct))!).Split(','))
                await database.Ask($"alter index \"{index}\" set tablespace small", ct);
            return disk;
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    private string Space => Path.Combine(folder, "space");

    /// <summary>No room beyond what is used now, to the next 64 kB.</summary>
    public bool Fill()
    {
        var drive = new DriveInfo(folder);
        var used = (drive.TotalSize - drive.TotalFreeSpace + 65_535) / 65_536 * 64;
        return Run("mount", "-o", string.Create(CultureInfo.InvariantCulture, $"remount,size={used}k"), folder);
    }

    public bool MakeRoom() => Run("mount", "-o", $"remount,size={Roomy}", folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    public void Dispose() => Run("umount", folder);
}
