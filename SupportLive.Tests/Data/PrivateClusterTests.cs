using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using Xunit;

namespace SupportLive.Tests.Data;

/// <summary>Each on a data folder of its own, where the system user who runs the server for root can go.</summary>
public sealed class PrivateClusterTests : IDisposable
{
    private const string FolderOfTheHolder = "SUPPORTLIVE_TEST_HOLD";

    private readonly string _data = Path.Combine(Path.GetTempPath(), "supportlive-test-" + Guid.NewGuid().ToString("N")[..12]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_start_finds_the_data_of_the_first()
    {
        await using (var first = await Start()) await Ask(first, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')");

        await using var second = await Start();

        Assert.Equal("still here", await Ask(second, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Two_starts_on_one_data_folder_get_one_clear_refusal()
    {
        await using var first = await Start();

        var refusal = await Assert.ThrowsAsync<StartupRefusal>(Start);

        Assert.Equal($"Another SupportLive is already running on the data folder {_data}. Stop it, or set SUPPORTLIVE_DATA to another folder.", refusal.Message);
        Assert.Equal("1", await Ask(first, "SELECT '1'"));
    }

    [Fact]
    public async Task A_cluster_left_running_by_a_killed_process_is_used_again()
    {
        var startedAt = await KillAHolder();

        await using var next = await Start();

        Assert.Equal(startedAt, await StartedAt(next));
    }

    [Fact]
    public async Task A_pid_that_now_belongs_to_another_program_does_not_hinder_the_start()
    {
        await (await Start()).DisposeAsync();
        var pidFile = Path.Combine(_data, "database", "cluster", "postmaster.pid");
        await File.WriteAllLinesAsync(pidFile, [$"{Environment.ProcessId}", Path.GetDirectoryName(pidFile)!, "0", "5432", "", "", "0 0", "ready   "], Ct);

        await using var next = await Start();

        Assert.Equal("1", await Ask(next, "SELECT '1'"));
    }

    [Fact]
    public async Task A_stopped_cluster_leaves_no_server_behind()
    {
        var cluster = await Start();
        await cluster.DisposeAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Ask(cluster, "SELECT '1'"));
        Assert.False(File.Exists(Path.Combine(_data, "database", "cluster", "postmaster.pid")));
    }

    [Fact]
    public async Task Nothing_that_could_lose_an_acknowledged_write_is_switched_off_and_no_port_is_open()
    {
        await using var cluster = await Start();

        Assert.Equal("on on on , UTF8", await Ask(cluster,
            "SELECT concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'), current_setting('listen_addresses') || ',', current_setting('server_encoding'))"));
    }

    [Fact]
    public async Task The_password_is_for_the_user_of_SupportLive_alone()
    {
        await using var cluster = await Start();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data, "database.password")));
        var guess = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Password = "guess" }.ConnectionString;
        await Assert.ThrowsAsync<PostgresException>(async () => await new NpgsqlConnection(guess).OpenAsync(Ct));
    }

    /// <summary>Not a test: the process that <see cref="KillAHolder"/> starts and kills.</summary>
    [Fact(Explicit = true)]
    public async Task Holds_a_cluster_until_it_is_killed()
    {
        var data = Environment.GetEnvironmentVariable(FolderOfTheHolder);
        if (data is null) return;
        var cluster = await PrivateCluster.Start(data, NullLogger.Instance, Ct);
        await File.WriteAllTextAsync(Path.Combine(data, "holding"), await StartedAt(cluster), Ct);
        await Task.Delay(Timeout.Infinite, Ct);
    }

    private async Task<string> KillAHolder()
    {
        var start = new ProcessStartInfo("dotnet",
            [typeof(PrivateClusterTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(PrivateClusterTests).FullName}.{nameof(Holds_a_cluster_until_it_is_killed)}"])
        { UseShellExecute = false, RedirectStandardOutput = true, Environment = { [FolderOfTheHolder] = _data } };
        using var holder = Process.Start(start)!;
        var holding = Path.Combine(_data, "holding");
        var deadline = Stopwatch.StartNew();
        while (!File.Exists(holding) || new FileInfo(holding).Length == 0)
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(60) && !holder.HasExited, "The other process did not come to hold the cluster.");
            await Task.Delay(20, Ct);
        }
        holder.Kill();
        await holder.WaitForExitAsync(Ct);
        return await File.ReadAllTextAsync(holding, Ct);
    }

    private Task<PrivateCluster> Start() => PrivateCluster.Start(_data, NullLogger.Instance, Ct);

    private static Task<string> StartedAt(PrivateCluster cluster) => Ask(cluster, "SELECT pg_postmaster_start_time()::text");

    private static async Task<string> Ask(PrivateCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct) as string ?? "";
    }

    public void Dispose()
    {
        if (Directory.Exists(_data)) Directory.Delete(_data, recursive: true);
    }
}
