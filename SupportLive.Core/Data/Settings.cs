using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// What managers can change while SupportLive runs. Read from memory; a change is signalled to every node, which forgets at once, and a
/// lost signal costs at most <see cref="Memory"/>.
/// </summary>
public sealed class Settings(IDbContextFactory<SupportDb> dbs, NpgsqlDataSource database, Signals signals, TimeProvider time)
{
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, (object Setting, long At)> known = new(StringComparer.Ordinal);
    private int forgotten;

    public async ValueTask<Setting<T>> Get<T>(SettingKey<T> key, CancellationToken ct) where T : class
    {
        if (known.TryGetValue(key.Name, out var entry) && time.GetElapsedTime(entry.At) < Memory) return (Setting<T>)entry.Setting;
        var (at, before) = (time.GetTimestamp(), Volatile.Read(ref forgotten));
        var setting = await Read(key, ct);
        if (before == Volatile.Read(ref forgotten)) known[key.Name] = (setting, at); // a change during the read must not be covered by it
        return setting;
    }

    private async Task<Setting<T>> Read<T>(SettingKey<T> key, CancellationToken ct) where T : class
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var stored = await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Key == key.Name, ct);
        return stored is null
            ? new Setting<T>(key.Default, 0, null, null)
            : new Setting<T>(JsonSerializer.Deserialize<T>(stored.Value, Wire.Json)!, stored.Version, stored.ChangedAt, stored.ChangedBy);
    }

    /// <summary>
    /// Stores a value that the caller has checked, for everybody, from now on. Refused without the permission to manage settings, and as
    /// <c>stale_version</c> when somebody has changed it since <paramref name="version"/>; without a version it is set whatever it was.
    /// </summary>
    public async Task<Outcome<Setting<T>>> Put<T>(Actor actor, SettingKey<T> key, T value, int? version, CancellationToken ct) where T : class
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        var now = time.GetUtcNow();
        if (await Store(key.Name, JsonSerializer.Serialize(value, Wire.Json), version, actor.Id, now, ct) is not { } stored) return Stale;
        Forget(key.Name);
        signals.Send(new SettingsChanged(key.Name));
        return new Setting<T>(value, stored, now, actor.Id);
    }

    public static readonly Refusal Stale = Refusal.Conflict("stale_version", "Somebody else has changed this in the meantime. Look at it again, and change it once more.");

    // One statement, so that of two who change the same version at once the second finds its version gone.
    private async Task<int?> Store(string key, string value, int? version, Guid by, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            insert into settings as s (key, value, version, changed_at, changed_by)
            select $1, $2, 1, $3, $4 where $5 is null or $5 = coalesce((select version from settings where key = $1), 0)
            on conflict (key) do update set value = excluded.value, version = s.version + 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by
              where $5 is null or s.version = $5
            returning version
            """);
        command.Parameters.Add(new() { Value = key });
        command.Parameters.Add(new() { Value = value, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = at });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = (object?)version ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        return await command.ExecuteScalarAsync(ct) as int?;
    }

    internal void Forget(string key)
    {
        Interlocked.Increment(ref forgotten);
        known.TryRemove(key, out _);
    }
}
