using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// The PostgreSQL that SupportLive runs for itself when it is given no connection string: one cluster in the data folder,
/// reached by a Unix socket and a generated password, never by TCP. One process at a time owns a data folder. The server of
/// a process that was killed keeps running; the next process on the folder finds it and uses it again.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private const string Database = "supportlive";
    private const int StartSeconds = 60;

    private readonly FileStream _claim;
    private readonly Postmaster _postmaster;
    private readonly ILogger _log;

    private PrivateCluster(FileStream claim, Postmaster postmaster, string connectionString, ILogger log) =>
        (_claim, _postmaster, ConnectionString, _log) = (claim, postmaster, connectionString, log);

    /// <summary>For Npgsql. It holds the password of the database's superuser: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// Claims <paramref name="dataFolder"/>, makes folder, cluster and database if they are missing, and returns when the server
    /// accepts connections, at most 60 seconds after it was started. If this fails or is cancelled, nothing stays running.
    /// </summary>
    /// <exception cref="StartupRefusal">
    /// The folder is in use or out of reach, PostgreSQL is missing or of another version, or it did not start. Windows is refused.
    /// </exception>
    public static async Task<PrivateCluster> Start(string dataFolder, ILogger log, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            throw new StartupRefusal("The private PostgreSQL runs on Linux and macOS only. Set ConnectionStrings__SupportLive to a database.");

        var data = DataFolder.Full(dataFolder);
        var claim = DataFolder.Claim(data);
        try
        {
            var user = await ServerUser.ForThisProcess();
            await user.MustReach(data);
            var folder = new ClusterFolder(data);
            var binaries = PostgresBinaries.Find(folder.Major);
            if (!folder.Exists)
            {
                log.LogInformation("Making a private PostgreSQL {Major} cluster in {Folder}", binaries.Major, folder.Cluster);
                await folder.Create(binaries, user);
            }
            ct.ThrowIfCancellationRequested();
            return await Run(folder, new Postmaster(binaries, user, folder), claim, log, ct);
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<PrivateCluster> Run(ClusterFolder folder, Postmaster postmaster, FileStream claim, ILogger log, CancellationToken ct)
    {
        try
        {
            if (postmaster.IsRunning) log.LogInformation("Using the private PostgreSQL that an earlier process left running in {Folder}", folder.Cluster);
            await UntilReady(folder, postmaster, ct);
            await MakeDatabase(ConnectTo("postgres", folder, postmaster), ct);
            log.LogInformation("The private PostgreSQL in {Folder} is ready", folder.Cluster);
            return new(claim, postmaster, ConnectTo(Database, folder, postmaster), log);
        }
        catch
        {
            await postmaster.Stop();
            throw;
        }
    }

    // A server that was left running may be on its way up, or down because its last owner asked for that: then it is
    // started again once it is gone.
    [UnsupportedOSPlatform("windows")]
    private static async Task UntilReady(ClusterFolder folder, Postmaster postmaster, CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (!postmaster.IsRunning) await postmaster.Launch(StartSeconds);
            try
            {
                await using var connection = new NpgsqlConnection(ConnectTo("postgres", folder, postmaster));
                await connection.OpenAsync(ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                throw new StartupRefusal($"The private database does not take the password kept in {folder.Data}. Put the password file of this database back.");
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(StartSeconds))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            }
            catch (NpgsqlException)
            {
                throw postmaster.DidNotStart();
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static string ConnectTo(string database, ClusterFolder folder, Postmaster postmaster) => new NpgsqlConnectionStringBuilder
    {
        Host = postmaster.SocketFolder,
        Port = 5432,
        Username = ClusterFolder.Superuser,
        Password = folder.Password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = database == Database,
    }.ConnectionString;

    private static async Task MakeDatabase(string connectionString, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var exists = source.CreateCommand($"SELECT 1 FROM pg_database WHERE datname = '{Database}'");
        if (await exists.ExecuteScalarAsync(ct) is not null) return;
        await using var create = source.CreateCommand($"CREATE DATABASE {Database}");
        await create.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Stops the server, ending every connection to it, and gives the data folder free. Takes at most about 25 seconds; a
    /// server that is still there then is left to finish, and the next start on the folder waits for it.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsWindows() || !_claim.CanWrite) return; // disposed before
        if (!await _postmaster.Stop()) _log.LogWarning("The private PostgreSQL is still stopping after 25 seconds; the next start will wait for it");
        await _claim.DisposeAsync();
    }
}
