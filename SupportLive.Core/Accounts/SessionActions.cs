using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Accounts;

/// <summary>Refresh tokens: one family per log-in, each token good for one use within <see cref="Lifetime"/>.</summary>
public sealed class SessionActions(IDbContextFactory<SupportDb> dbs, Actors actors, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private static readonly Refusal Stale = new(RefusalKind.Unauthenticated, "refresh_token_invalid", "Please log in again.");

    /// <summary>Starts a family for an account that has just proved who it is.</summary>
    public async Task<Session> Begin(Access access, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var session = Add(db, access, Guid.CreateVersion7());
        await db.SaveChangesAsync(ct);
        return session;
    }

    private Session Add(SupportDb db, Access access, Guid family)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        db.RefreshTokens.Add(new RefreshToken
        {
            Id = Guid.CreateVersion7(),
            AccountId = access.Actor.Id,
            Family = family,
            Hash = Hash(secret),
            Stamp = access.Stamp,
            ExpiresAt = time.GetUtcNow() + Lifetime,
        });
        return new Session(access, family, secret);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Trades a token for the next one. A token seen twice ends its family; so do a disabled account and a changed stamp.</summary>
    public async Task<Outcome<Session>> Rotate(string? secret, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(secret) || secret.Length > 200) return Stale;
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        var hash = Hash(secret);
        var token = await db.RefreshTokens.FromSql($"select * from refresh_tokens where hash = {hash} for update").SingleOrDefaultAsync(ct);
        if (token is null || token.EndedAt is not null || token.ExpiresAt < time.GetUtcNow()) return Stale;
        actors.Forget(token.AccountId);
        var access = await actors.Find(token.AccountId, ct);
        if (token.UsedAt is not null || access is null || access.Stamp != token.Stamp)
        {
            await EndFamily(db, token.Family, ct);
            if (token.UsedAt is not null && access is not null) await Suspect(db, access.Actor, ct);
            await tx.CommitAsync(ct);
            return Stale;
        }

        token.UsedAt = time.GetUtcNow();
        var next = Add(db, access, token.Family);
        await db.SaveChangesAsync(ct);
        await tx.CommitAsync(ct);
        return next;
    }

    // Two parties hold what one was given.
    private static Task Suspect(SupportDb db, Actor actor, CancellationToken ct)
    {
        Audit.Record(db, null, Acts.RefreshTokenReused, new("account", actor.Id.ToString(), actor.DisplayName));
        return db.SaveChangesAsync(ct);
    }

    private Task EndFamily(SupportDb db, Guid family, CancellationToken ct) =>
        db.RefreshTokens.Where(t => t.Family == family && t.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.EndedAt, time.GetUtcNow()), ct);

    /// <summary>Ends every log-in of an account, in the caller's transaction.</summary>
    internal static Task EndAll(SupportDb db, Guid account, DateTimeOffset now, CancellationToken ct) =>
        db.RefreshTokens.Where(t => t.AccountId == account && t.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.EndedAt, now), ct);

    /// <summary>Ends one log-in: its refresh tokens; an access token already handed out ends with its quarter of an hour.</summary>
    public async Task End(Guid family, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        await EndFamily(db, family, ct);
    }
}

/// <summary>A log-in and the secret that continues it.</summary>
public sealed record Session(Access Access, Guid Family, string RefreshToken);
