using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Bench.Machine;

/// <summary>A database of its own and one real server process, both on one core; gone when disposed.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string folder;
    private readonly PrivateCluster cluster;
    private readonly List<Process> servers = [];

    private Stage(string folder, PrivateCluster cluster) => (this.folder, this.cluster) = (folder, cluster);

    public string Key { get; } = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    public string Database => cluster.ConnectionString;

    public static async Task<Stage> Set()
    {
        var made = Path.Combine("/tmp", $"supportlive-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(made);
        var stage = new Stage(made, await PrivateCluster.Start(made, NullLogger.Instance, CancellationToken.None));
        Cores.Pin(int.Parse((await File.ReadAllLinesAsync(Path.Combine(made, "database", "cluster", "postmaster.pid")))[0], CultureInfo.InvariantCulture), Cores.Server);
        Cores.Pin(Environment.ProcessId, Cores.Generator);
        return stage;
    }

    /// <summary>Starts one node and waits until it serves.</summary>
    public async Task<(Uri Url, int Pid)> Serve(string server)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("taskset", ["-c", Cores.Server.ToString(CultureInfo.InvariantCulture), "dotnet", Path.GetFullPath(server), "--urls", $"http://127.0.0.1:{port}"])
        {
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(server))!,
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__SupportLive"] = Database;
        start.Environment["Auth__SigningKey"] = Key;
        start.Environment["Limits__Enabled"] = "false";
        start.Environment["Demo__Seed"] = "false";
        start.Environment["DOTNET_TC_DelaySingleProcMultiplier"] = "1"; // as run.sh and the image set it
        var process = Process.Start(start)!;
        servers.Add(process);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("SupportLive is ready", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return (new Uri($"http://127.0.0.1:{port}"), process.Id);
        }

        throw new InvalidOperationException("The server did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>pgbench with eight clients that insert one row each transaction: the commit limit of this database.</summary>
    public async Task<double> SingleRowInserts(int seconds)
    {
        await using var data = NpgsqlDataSource.Create(Database);
        await using (var create = data.CreateCommand("create table if not exists bench_rows (id bigint generated always as identity primary key, body text not null, at timestamptz not null default now())")) await create.ExecuteNonQueryAsync();
        var script = Path.Combine(folder, "insert.sql");
        await File.WriteAllTextAsync(script, $"insert into bench_rows (body) values ('{new string('x', 120)}');\n");
        var address = new NpgsqlConnectionStringBuilder(Database);
        var binary = Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", "pgbench")).FirstOrDefault(File.Exists) ?? "pgbench";
        var start = new ProcessStartInfo("taskset",
            ["-c", Cores.Generator.ToString(CultureInfo.InvariantCulture), binary, "-n", "-M", "prepared", "-c", "8", "-j", "1", "-T", seconds.ToString(CultureInfo.InvariantCulture), "-f", script, "-h", address.Host!, "-U", address.Username!, address.Database!])
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
        Directory.Delete(folder, recursive: true);
    }
}
