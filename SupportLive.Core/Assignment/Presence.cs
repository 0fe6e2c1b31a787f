using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Assignment;

/// <summary>
/// Who has something open on this node: hub connections and pages. Says so in the database, in one statement for all, again and again; what
/// is not said again ends by itself, so a dead node's people are gone after as long as those of a lost connection.
/// </summary>
public sealed class Presence(NpgsqlDataSource database, Node node, Signals signals, AssignmentOptions options, TimeProvider time, OutageLog outages) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, int> open = new();
    private readonly Channel<Guid> moved = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    // "Since" goes on while the person was here by another node. The agent's row is made here, so that work can be given under its lock.
    private const string Say =
        """
        with people as (select id from unnest($1::uuid[]) id order by id),
        rows as (insert into agents (account_id) select id from people on conflict do nothing)
        insert into agents_alive as l (account_id, node, since, until)
        select p.id, $2, coalesce((select min(o.since) from agents_alive o where o.account_id = p.id and o.until > now()), now()), now() + $3 from people p
        on conflict (account_id, node) do update set since = case when l.until < now() then excluded.since else l.since end, until = excluded.until
        """;

    // The last row of a person tells since when that person is gone.
    private const string Sweep = "delete from agents_alive l where l.until < now() - interval '1 hour' and exists (select from agents_alive o where o.account_id = l.account_id and o.until > l.until)";

    /// <summary>Something was opened; dispose when it is closed. Nothing to dispose for who does not work on tickets.</summary>
    public IDisposable? Enter(Actor actor)
    {
        if (!actor.May(Permissions.TicketsWork)) return null;
        if (open.AddOrUpdate(actor.Id, 1, (_, n) => n + 1) == 1) moved.Writer.TryWrite(actor.Id);
        return new Opened(this, actor.Id);
    }

    private void Leave(Guid account)
    {
        if (open.AddOrUpdate(account, 0, (_, n) => n - 1) == 0) moved.Writer.TryWrite(account);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Tell(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            using var timer = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(moved.Reader.WaitToReadAsync(timer.Token).AsTask(), Task.Delay(options.Again, time, timer.Token));
            await timer.CancelAsync();
        }
    }

    private async Task Tell(CancellationToken ct)
    {
        var changed = new HashSet<Guid>();
        while (moved.Reader.TryRead(out var account)) changed.Add(account);
        try
        {
            // Who has just left is said once more: a page that is loaded again is no absence.
            var people = open.Where(o => o.Value > 0).Select(o => o.Key).Union(changed).ToArray();
            if (people.Length > 0) await Store(Say, ct, new() { Value = people }, new() { Value = node.Id }, new() { Value = options.Lasts });
            if (changed.Count > 0) signals.Send(new AgentsChanged());
            else await Store(Sweep, ct);
        }
        catch
        {
            foreach (var account in changed) moved.Writer.TryWrite(account);
            await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
            throw;
        }

        foreach (var (account, count) in open)
        {
            if (count == 0) open.TryRemove(new(account, 0));
        }
    }

    private async Task Store(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed class Opened(Presence presence, Guid account) : IDisposable
    {
        private int closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0) presence.Leave(account);
        }
    }
}
