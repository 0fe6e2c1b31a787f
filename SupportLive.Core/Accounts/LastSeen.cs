using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SupportLive.Core.Data;

namespace SupportLive.Core.Accounts;

/// <summary>
/// When people were last here. Doors say so in memory, as often as they like; one statement per <see cref="Pace"/> and node writes it down, at most
/// once a minute per account, and waits for nobody.
/// </summary>
public sealed class LastSeen(NpgsqlDataSource database, TimeProvider time, OutageLog outages) : BackgroundService
{
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, int> open = new();
    private readonly ConcurrentDictionary<Guid, bool> seen = new();

    // In one order, so that two nodes cannot wait for each other; a row that is being changed is seen a minute later.
    private const string Write =
        """
        with due as (
            select id from accounts where id = any($1) and (last_seen_at is null or last_seen_at < now() - interval '55 seconds')
            order by id for no key update skip locked
        )
        update accounts a set last_seen_at = now() from due where a.id = due.id
        """;

    /// <summary>Cheap, never waits.</summary>
    public void Saw(Guid account) => seen.TryAdd(account, true);

    /// <summary>Something was opened and counts until it is disposed of.</summary>
    public IDisposable Enter(Guid account)
    {
        Saw(account);
        open.AddOrUpdate(account, 1, (_, n) => n + 1);
        return new Opened(this, account);
    }

    private void Leave(Guid account)
    {
        Saw(account);
        if (open.AddOrUpdate(account, 0, (_, n) => n - 1) == 0) open.TryRemove(new(account, 0));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pace, time, stoppingToken);
            try
            {
                await Store(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e); // and a minute of somebody's presence is lost, which nobody will miss
            }
        }
    }

    /// <summary>Writes down now what is known on this node.</summary>
    public async Task Store(CancellationToken ct)
    {
        var called = seen.Keys.ToArray();
        foreach (var one in called) seen.TryRemove(one, out _);
        var people = called.Union(open.Keys).ToArray();
        foreach (var some in people.Chunk(1000))
        {
            await using var command = database.CreateCommand(Write);
            command.Parameters.Add(new() { Value = some });
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private sealed class Opened(LastSeen seen, Guid account) : IDisposable
    {
        private int closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0) seen.Leave(account);
        }
    }
}
