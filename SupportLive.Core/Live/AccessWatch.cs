using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;

namespace SupportLive.Core.Live;

/// <summary>
/// Makes sure that changed rights reach what is open on this node within five seconds, even when the signal is lost: looks for
/// accounts that have changed lately, at once when a role was changed and every <see cref="Look"/> anyway. So a change of a role costs one signal,
/// however many hold it. The look back is longer than any clock difference between nodes should be.
/// </summary>
public sealed class AccessWatch(IDbContextFactory<SupportDb> dbs, LiveStream stream, Actors actors, TimeProvider time, OutageLog outages) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Back = TimeSpan.FromMinutes(10);

    private readonly Dictionary<Guid, DateTimeOffset> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var roles = stream.Subscribe(16);
        roles.Add(Topic.Roles);
        var changes = roles.Read(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var change = changes.MoveNextAsync().AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            if (change.IsCompleted) change = changes.MoveNextAsync().AsTask(); // before the look: what comes during it asks for the next one
            try
            {
                await Tell(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            await Task.WhenAny(change, Task.Delay(Look, time, stoppingToken));
        }
    }

    private async Task Tell(CancellationToken ct)
    {
        var since = time.GetUtcNow() - Back;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var changed = await db.Users.AsNoTracking().Where(a => a.AccessChangedAt > since).Select(a => new { a.Id, a.AccessChangedAt }).ToListAsync(ct);
        foreach (var account in changed)
        {
            if (told.TryGetValue(account.Id, out var at) && at == account.AccessChangedAt) continue;
            told[account.Id] = account.AccessChangedAt;
            actors.Forget(account.Id);
            stream.Publish(new AccessChanged(account.Id));
        }

        foreach (var (id, _) in told.Where(t => t.Value <= since).ToList()) told.Remove(id);
    }
}
