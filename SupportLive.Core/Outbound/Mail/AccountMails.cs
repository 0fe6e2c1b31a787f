using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>Mails about accounts: what accounts do is not in the log, so they write their rows with what they change.</summary>
public sealed class AccountMails(MailOptions options, TimeProvider time)
{
    /// <summary>In the caller's transaction; nothing for an account that is disabled, or for a key that is known.</summary>
    /// <param name="once">What makes it another one than the last of its kind.</param>
    public Task Add(SupportDb db, Guid account, string kind, string once, object? data, CancellationToken ct)
    {
        var (now, json) = (time.GetUtcNow(), data is null ? null : JsonSerializer.Serialize(data, Wire.Json));
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into outbox (id, key, account_id, kind, data, next_at, give_up_at, created_at)
            select {Guid.CreateVersion7(now)}, {$"account/{account}/{kind}/{once}"}, a.id, {kind}, {json}::jsonb, {now}, {now.AddHours(options.GiveUpHours)}, {now}
            from accounts a where a.id = {account} and a.disabled_at is null
            on conflict (key) do nothing
            """, ct);
    }
}
