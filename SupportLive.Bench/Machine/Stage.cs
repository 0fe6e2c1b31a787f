using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Core.Data;

namespace SupportLive.Bench.Machine;

/// <summary>A database of its own and real server processes, all on one core; gone when disposed.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static int count;

    private readonly string folder;
    private readonly bool stays;
    private readonly PrivateCluster cluster;
    private readonly List<Process> servers = [];

    private Stage(string folder, bool stays, PrivateCluster cluster) => (this.folder, this.stays, this.cluster) = (folder, stays, cluster);

    public string Key { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    public string Database => cluster.ConnectionString;

    /// <summary>The database's first process, the parent of all its others.</summary>
    public int DatabasePid { get; private init; }

    /// <param name="kept">A folder whose database is used again, and stays.</param>
    public static async Task<Stage> Set(string? kept = null)
    {
        var made = kept ?? Path.Combine("/tmp", $"supportlive-bench-{Environment.ProcessId}-{Interlocked.Increment(ref count)}");
        Directory.CreateDirectory(made);
        var started = await PrivateCluster.Start(made, NullLogger.Instance, CancellationToken.None);
        var pid = int.Parse((await File.ReadAllLinesAsync(Path.Combine(made, "database", "cluster", "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        Cores.Pin(pid, Cores.Server);
        Cores.Pin(Environment.ProcessId, Cores.Generator);
        return new Stage(made, kept is not null, started) { DatabasePid = pid };
    }

    /// <summary>Starts one node of SupportLive and waits until it serves.</summary>
    /// <param name="settings">Further environment variables of it.</param>
    public Task<(Uri Url, int Pid)> Serve(string server, params (string Name, string Value)[] settings) => ServeDotnet(server, port => ["--urls", $"http://127.0.0.1:{port}"],
    [
        ("ConnectionStrings__SupportLive", Database), ("Auth__SigningKey", Key), ("Limits__Enabled", "false"), ("Demo__Seed", "false"), .. settings,
    ]);

    /// <summary>Starts this program as the bare hub.</summary>
    public Task<(Uri Url, int Pid)> ServeBareHub() => ServeDotnet(typeof(Stage).Assembly.Location, port => ["peer-hub", "--urls", $"http://127.0.0.1:{port}"], []);

    private Task<(Uri Url, int Pid)> ServeDotnet(string assembly, Func<int, string[]> arguments, (string, string)[] settings) =>
        Start("dotnet", port => [Path.GetFullPath(assembly), .. arguments(port)], Path.GetDirectoryName(Path.GetFullPath(assembly))!, [("DOTNET_TC_DelaySingleProcMultiplier", "1"), .. settings]); // as run.sh and the image set it

    /// <summary>Starts the socket.io peer, with its packages restored first when they are missing.</summary>
    public async Task<(Uri Url, int Pid)> ServeSocketIo(string place)
    {
        if (!Directory.Exists(Path.Combine(place, "node_modules")))
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = place, RedirectStandardOutput = true })!;
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync();
        }

        var at = new NpgsqlConnectionStringBuilder(Database);
        return await Start("node", port => ["server.js", port.ToString(CultureInfo.InvariantCulture)], Path.GetFullPath(place),
            [("PGHOST", at.Host!), ("PGPORT", at.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", at.Username!), ("PGPASSWORD", at.Password!), ("PGDATABASE", at.Database!), ("NODE_ENV", "production")]);
    }

    private async Task<(Uri Url, int Pid)> Start(string program, Func<int, string[]> arguments, string place, (string Name, string Value)[] settings)
    {
        var port = Ports.Free();
        var start = new ProcessStartInfo("taskset", ["-c", Cores.Server.ToString(CultureInfo.InvariantCulture), program, .. arguments(port)]) { WorkingDirectory = place, RedirectStandardOutput = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var process = Process.Start(start)!;
        servers.Add(process);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("SupportLive is ready", StringComparison.Ordinal) && line != "ready") continue;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return (new Uri($"http://127.0.0.1:{port}"), process.Id);
        }

        throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>pgbench with eight clients that insert one row each transaction: the commit limit of this database.</summary>
    public async Task<double> SingleRowInserts(TimeSpan during)
    {
        await using var data = NpgsqlDataSource.Create(Database);
        await using (var create = data.CreateCommand("create table if not exists bench_rows (id bigint generated always as identity primary key, body text not null, at timestamptz not null default now())")) await create.ExecuteNonQueryAsync();
        var script = Path.Combine(folder, "insert.sql");
        await File.WriteAllTextAsync(script, $"insert into bench_rows (body) values ('{new string('x', 120)}');\n");
        var address = new NpgsqlConnectionStringBuilder(Database);
        var binary = Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", "pgbench")).FirstOrDefault(File.Exists) ?? "pgbench";
        var start = new ProcessStartInfo("taskset",
            ["-c", Cores.Generator.ToString(CultureInfo.InvariantCulture), binary, "-n", "-M", "prepared", "-c", "8", "-j", "1", "-T", Math.Ceiling(during.TotalSeconds).ToString(CultureInfo.InvariantCulture), "-f", script, "-h", address.Host!, "-U", address.Username!, address.Database!])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = address.Password;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = output.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"pgbench: {output} {await process.StandardError.ReadToEndAsync()}");
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            if (!server.HasExited) server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }

        await cluster.DisposeAsync();
        if (!stays) Directory.Delete(folder, recursive: true);
    }
}
