using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Data;

/// <summary>Brings the database up to date at start; one node at a time, however many start together.</summary>
public sealed class Migrator(DatabaseAddress address, IServiceScopeFactory scopes, Epoch epoch, ILogger<Migrator> log)
{
    /// <summary>Refuses to go on (<see cref="StartupRefusal"/>) on a database that does not keep what it acknowledges.</summary>
    public async Task Run(Func<CancellationToken, Task> seed, CancellationToken ct)
    {
        // The lock lives on a session of its own, outside the pool, so that it ends with this method even if the process does not.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new StartupRefusal($"The database cannot be reached: {e.Message}");
        }

        await RefuseUnsafeSettings(connection, ct);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { Parameters = { new() { Value = Locks.Migration } } }) await take.ExecuteNonQueryAsync(ct);
        // On this session, which has no limits: a migration may wait and work for as long as it takes.
        try
        {
            await using var db = new SupportDb(new DbContextOptionsBuilder<SupportDb>().UseNpgsql(connection).Options);
            await db.Database.MigrateAsync(ct);
        }
        catch (PostgresException e) when (!Outage.Is(e))
        {
            throw new StartupRefusal($"The database cannot be brought to this version ({e.MessageText}). It was made by something else, or by a version that never was released: name another one, or give SUPPORTLIVE_DATA a new folder. What is in it stays as it was.");
        }

        await ForgetForeignTransactions(connection, ct);
        await epoch.Look(connection, ct);
        await EnsureRoles(ct);
        await seed(ct);
    }

    private async Task RefuseUnsafeSettings(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"])
        {
            await using var show = new NpgsqlCommand($"show {setting}", connection);
            if (await show.ExecuteScalarAsync(ct) is not "off") continue;
            if (!address.AllowUnsafe) throw new StartupRefusal($"PostgreSQL runs with {setting}=off, which loses acknowledged messages in a crash. Turn it on and start again.");
            log.LogWarning("UNSAFE: PostgreSQL runs with {Setting}=off and Database__AllowUnsafe allows it. A crash WILL lose messages that were acknowledged. For benchmarks only", setting);
        }
    }

    // A dump restored into another cluster brings transaction ids that this one has not reached. Followers count by them, so what
    // seems to come from the future is moved to the past: it happened before every node of today. No own row can look like that,
    // because a visible row's transaction is below the snapshot's end.
    private static async Task ForgetForeignTransactions(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var forget = new NpgsqlCommand(
            """
            update timeline set tx = '3' where tx >= pg_snapshot_xmax(pg_current_snapshot());
            update follower_cursors set tx = pg_snapshot_xmin(pg_current_snapshot()) where tx > pg_snapshot_xmax(pg_current_snapshot());
            """, connection);
        await forget.ExecuteNonQueryAsync(ct);
    }

    private async Task EnsureRoles(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<Role>>();
        foreach (var (name, permissions) in Roles.Grants)
        {
            var role = await roles.FindByNameAsync(name);
            if (role is not null && name != Roles.Admin) continue;
            if (role is null) await roles.CreateAsync(role = new Role { Id = Guid.CreateVersion7(), Name = name });
            // An admin may everything, also what has come with a newer version.
            var has = (await roles.GetClaimsAsync(role)).Select(c => c.Value);
            foreach (var permission in permissions.Except(has, StringComparer.Ordinal)) await roles.AddClaimAsync(role, new(Permissions.ClaimType, permission));
        }
    }
}
