using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Bench.Chaos.Ground;

/// <summary>The run's own PostgreSQL: the private cluster of SupportLive, opened to loopback so that a black hole fits between it and a node.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly PrivateCluster cluster;
    private readonly string home;
    private readonly string program;
    private readonly string[] asOwner;

    private Postgres(PrivateCluster cluster, string home, int port)
    {
        (this.cluster, this.home, Port) = (cluster, home, port);
        program = Path.Combine(Path.GetDirectoryName(new FileInfo($"/proc/{Pid}/exe").ResolveLinkTarget(returnFinalTarget: true)!.FullName)!, "pg_ctl");
        string Id(string of) => File.ReadLines($"/proc/{Pid}/status").First(l => l.StartsWith(of, StringComparison.Ordinal)).Split('\t')[1];
        asOwner = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Id("Uid")}", $"--regid={Id("Gid")}", "--clear-groups", "--"] : [];
    }

    public int Port { get; }

    private string Folder => Path.Combine(home, "database", "cluster");

    public int Pid => int.Parse(File.ReadLines(Path.Combine(Folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static async Task<Postgres> Start(string home, CancellationToken ct)
    {
        var started = await PrivateCluster.Start(home, NullLogger.Instance, ct);
        var postgres = new Postgres(started, home, Ports.Free());
        try
        {
            foreach (var setting in (string[])["listen_addresses = '127.0.0.1'", string.Create(CultureInfo.InvariantCulture, $"port = {postgres.Port}"), "logging_collector = off"])
            {
                await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(started.ConnectionString) { Pooling = false }.ConnectionString);
                await connection.OpenAsync(ct);
                await using var alter = new NpgsqlCommand($"alter system set {setting}", connection);
                await alter.ExecuteNonQueryAsync(ct);
            }

            await postgres.Down(Signal.Interrupt, ct);
            await postgres.Up(ct);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    /// <summary>By way of a port, which is PostgreSQL's own or that of a <see cref="Cable"/>.</summary>
    public string Address(int port) => new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Host = "127.0.0.1", Port = port }.ConnectionString;

    public async Task<object?> Ask(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address(Port)) { Pooling = false, Timeout = 5, CommandTimeout = 30 }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Signals the postmaster (interrupt = fast, quit = immediate, kill = crash) and waits until it has gone.</summary>
    public async Task Down(int signal, CancellationToken ct)
    {
        var pid = Pid;
        Signal.Send(pid, signal);
        var since = Stopwatch.GetTimestamp();
        while (Directory.Exists($"/proc/{pid}"))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new TimeoutException("PostgreSQL did not stop.");
            await Task.Delay(20, ct);
        }
    }

    /// <summary>Starts it again; after a crash its children may need a moment to go, so this tries more than once.</summary>
    public async Task Up(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var start = new ProcessStartInfo(asOwner.Length > 0 ? asOwner[0] : program) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in (string[])[.. asOwner.Skip(1), .. asOwner.Length > 0 ? [program] : Array.Empty<string>(), "start", "-w", "-t", "60", "-D", Folder, "-l", Path.Combine(home, "database", "server.log")]) start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            var said = await process.StandardOutput.ReadToEndAsync(ct) + await process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode == 0) return;
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new TimeoutException($"PostgreSQL did not start: {said}");
            await Task.Delay(500, ct);
        }
    }

    /// <summary>Whether the postmaster is there.</summary>
    public bool IsUp => File.Exists(Path.Combine(Folder, "postmaster.pid")) && Directory.Exists($"/proc/{Pid}");

    public ValueTask DisposeAsync() => cluster.DisposeAsync();
}
