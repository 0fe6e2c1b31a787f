using Microsoft.EntityFrameworkCore;

namespace SupportLive.Core.Data;

/// <summary>Keys of PostgreSQL advisory locks: one holder among all nodes.</summary>
public static class Locks
{
    private const long Family = 0x53_4C_00_00; // "SL": apart from other users of the same database

    public const long Migration = Family + 1;
    public const long Administrators = Family + 2;
    public const long Notifications = Family + 3;
    public const long Search = Family + 4;
    public const long Assignment = Family + 5;
    public const long Deadlines = Family + 6;
    public const long Settings = Family + 7;
    public const long Retention = Family + 8;
    public const long Mail = Family + 9;

    /// <summary>One change of anybody's rights at a time, until the transaction ends; many may stand in line.</summary>
    internal static async Task TakeRights(SupportDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync("set local lock_timeout = '15s'", ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Administrators})", ct);
    }
}
