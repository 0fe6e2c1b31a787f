using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>
/// What managers can change while SupportLive runs. Read from memory; a change is signalled to every node, which forgets at once, and a
/// lost signal costs at most <see cref="Memory"/>.
/// </summary>
public sealed class Settings(IDbContextFactory<SupportDb> dbs, Signals signals, TimeProvider time)
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
        return Of(key, stored);
    }

    private static Setting<T> Of<T>(SettingKey<T> key, StoredSetting? stored) where T : class => stored is null
        ? new Setting<T>(key.Default, 0, null, null)
        : new Setting<T>(JsonSerializer.Deserialize<T>(stored.Value, Wire.Json)!, stored.Version, stored.ChangedAt, stored.ChangedBy);

    /// <summary>
    /// Stores a value that the caller has checked, for everybody, from now on. Refused without the permission to manage settings, and as
    /// <c>stale_version</c>, with the setting as it stands and who changed it, when somebody has since <paramref name="version"/>; without a version it is set whatever it was.
    /// </summary>
    public Task<Outcome<Setting<T>>> Put<T>(Actor actor, SettingKey<T> key, T value, int? version, CancellationToken ct) where T : class => Change(actor, key, _ => value, version, ct);

    /// <summary>As <see cref="Put"/>, for a value that depends on the one before, which nobody else changes meanwhile.</summary>
    public async Task<Outcome<Setting<T>>> Change<T>(Actor actor, SettingKey<T> key, Func<T, T> make, int? version, CancellationToken ct) where T : class
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        // Settings change seldom: one at a time, so that of two who change the same version the second finds it gone, and what is recorded is what was.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Locks.Settings})", ct);
        var stored = await db.Settings.SingleOrDefaultAsync(s => s.Key == key.Name, ct);
        var before = Of(key, stored);
        if (version is { } known && known != before.Version) return StaleBy(await Who(db, before.ChangedBy, ct)) with { Current = before };
        var value = make(before.Value);
        if (stored is null) db.Settings.Add(stored = new StoredSetting { Key = key.Name, Value = "" });
        (stored.Value, stored.Version, stored.ChangedAt, stored.ChangedBy) = (JsonSerializer.Serialize(value, Wire.Json), before.Version + 1, time.GetUtcNow(), actor.Id);
        Audit.Record(db, actor, Acts.SettingChanged, AuditSubject.Setting(key.Name), key.Recorded(before.Value), key.Recorded(value));
        await db.SaveChangesAsync(ct);
        await tx.CommitAsync(ct);
        Forget(key.Name);
        signals.Send(new SettingsChanged(key.Name));
        return new Setting<T>(value, stored.Version, stored.ChangedAt, actor.Id);
    }

    private static async Task<Winner?> Who(SupportDb db, Guid? id, CancellationToken ct) =>
        await db.Users.Where(a => a.Id == id).Select(a => new Winner(a.Id, a.DisplayName)).SingleOrDefaultAsync(ct);

    public static readonly Refusal Stale = Refusal.Conflict("stale_version", "Somebody else has changed this in the meantime. Look at it again, and change it once more.");

    /// <summary>The same, where it is known who it was.</summary>
    public static Refusal StaleBy(Winner? who) => who is null ? Stale : Stale with { Message = $"{who.DisplayName} has changed this in the meantime. Look at it again, and change it once more.", By = who };

    /// <summary>Moves whenever a setting of any name is forgotten; for what is remembered elsewhere.</summary>
    internal int Changes => Volatile.Read(ref forgotten);

    internal void Forget(string key)
    {
        Interlocked.Increment(ref forgotten);
        known.TryRemove(key, out _);
    }
}
