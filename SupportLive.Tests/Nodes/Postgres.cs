using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Tests.Nodes;

/// <summary>The PostgreSQL of this test run: private, in a folder of its own, with databases for whoever asks.</summary>
public sealed class Postgres : IAsyncDisposable
{
    private readonly PrivateCluster cluster;
    private readonly string folder;
    private int made;

    private Postgres(PrivateCluster cluster, string folder) => (this.cluster, this.folder) = (cluster, folder);

    public static async Task<Postgres> Start()
    {
        var temporary = Path.Combine(Path.GetTempPath(), "supportlive-test-" + Guid.NewGuid().ToString("N")[..12]);
        return new(await PrivateCluster.Start(temporary, NullLogger.Instance, CancellationToken.None), temporary);
    }

    /// <summary>An empty database; pools are small because many nodes share one server.</summary>
    public async Task<string> Database()
    {
        var name = $"desk{Interlocked.Increment(ref made)}";
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var create = source.CreateCommand($"create database {name}");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
