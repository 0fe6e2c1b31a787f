using Microsoft.Extensions.Hosting;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Core.Live;

/// <summary>
/// Follows the log on the one node that holds its advisory lock. The lock lives and dies with the session that all the work is done on: who
/// lost the lock cannot write, and when a node dies another one goes on within seconds.
/// </summary>
/// <param name="name">As the session is shown to who runs the database.</param>
/// <param name="key">Out of <see cref="Locks"/>.</param>
public abstract class DurableFollower(DatabaseAddress address, OutageLog outages, string name, long key) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>The job's name.</summary>
    public string Job => name;

    /// <summary>Its lock, out of <see cref="Locks"/>.</summary>
    public long Key => key;

    /// <summary>The session of the database with which this node holds the job; null while it does not.</summary>
    public int? Session { get; private set; }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Hold(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            await Task.Delay(Again, stoppingToken);
        }
    }

    private async Task Hold(CancellationToken ct)
    {
        var terms = address.Session($"supportlive-{name}");
        terms.Pooling = false;
        await using var session = new NpgsqlConnection(terms.ConnectionString);
        await session.OpenAsync(ct);
        await using (var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", session) { Parameters = { new() { Value = key } } })
        {
            if (await command.ExecuteScalarAsync(ct) is not true) return;
        }

        try
        {
            Session = session.ProcessID;
            await Follow(session, ct);
        }
        finally
        {
            Session = null;
        }
    }

    /// <summary>Works until it is cancelled, or until the session breaks, which it may throw.</summary>
    protected abstract Task Follow(NpgsqlConnection session, CancellationToken ct);
}
