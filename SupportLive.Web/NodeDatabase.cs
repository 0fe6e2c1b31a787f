using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Health;

namespace SupportLive.Web;

/// <summary>The database of this node: the configured one, or a private cluster that lives and stops with the process.</summary>
public sealed class NodeDatabase : IAsyncDisposable
{
    private readonly PrivateCluster? cluster;

    private NodeDatabase(DatabaseAddress address, PrivateCluster? cluster) => (Address, this.cluster) = (address, cluster);

    public DatabaseAddress Address { get; }

    public bool IsPrivate => cluster is not null;

    public static async Task<NodeDatabase> Open(IConfiguration configuration, string dataFolder)
    {
        if (configuration.GetConnectionString("SupportLive") is { Length: > 0 } configured)
        {
            try
            {
                return new(new DatabaseAddress(new NpgsqlConnectionStringBuilder(configured).ConnectionString) { AllowUnsafe = configuration.GetValue("Database:AllowUnsafe", false) }, null);
            }
            catch (ArgumentException e)
            {
                throw new StartupRefusal($"ConnectionStrings__SupportLive is not a connection string for PostgreSQL: {e.Message}");
            }
        }

        using var logging = LoggerFactory.Create(b => b.AddLines(configuration).SetMinimumLevel(LogLevel.Information));
        var started = await PrivateCluster.Start(dataFolder, logging.CreateLogger<PrivateCluster>(), CancellationToken.None);
        return new(new DatabaseAddress(started.ConnectionString), started);
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
    }
}
