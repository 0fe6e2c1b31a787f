using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>What managers do about mails.</summary>
public sealed class OutboxActions(IDbContextFactory<SupportDb> dbs, Settings settings, Letters letters, IPost post, MailOptions options, MailCall call, TimeProvider time)
{
    /// <summary>Once more, from the beginning, for a day; also to an address that was called unknown. Refused as <c>mail_waiting</c> while it is on its way anyway.</summary>
    public async Task<Outcome<Done>> SendAgain(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        var again = await db.Set<OutboxMail>().Where(m => m.Id == id && m.Status != MailStatus.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Status, MailStatus.Waiting).SetProperty(m => m.Attempts, 1).SetProperty(m => m.NextAt, now).SetProperty(m => m.GiveUpAt, now.AddHours(options.GiveUpHours))
            .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null).SetProperty(m => m.LastAnswer, (string?)null), ct);
        if (again == 0) return await db.Set<OutboxMail>().AnyAsync(m => m.Id == id, ct) ? Refusal.Conflict("mail_waiting", "This mail is on its way already.") : Refusal.NotFound("mail");
        await db.Database.ExecuteSqlAsync(
            $"""
            delete from suppressed_addresses s using outbox o left join accounts a on a.id = o.account_id
            where o.id = {id} and s.address in (lower(o.address), lower(a.email))
            """, ct);
        await tx.CommitAsync(ct);
        call.Wake();
        return new Done();
    }

    /// <summary>Sends the example of a template to whoever asks, now. Refused as <c>mail_not_taken</c> with what the server said.</summary>
    /// <param name="templates">As they stand on the screen, saved or not.</param>
    public async Task<Outcome<string>> Try(Actor actor, MailTemplates templates, string kind, string language, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        if (templates.Check() is { } refusal) return refusal;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var to = await db.Users.Where(a => a.Id == actor.Id).Select(a => a.Email).SingleAsync(ct);
        var letter = letters.Example(templates, (await settings.Get(MailLogo.Key, ct)).Value, kind, language, to!);
        var answer = await post.Send(letter, ct);
        if (answer.Result is not (PostResult.Accepted or PostResult.Kept)) return Refusal.Conflict("mail_not_taken", $"The mail server did not take it: {answer.Words}");
        var now = time.GetUtcNow();
        db.Add(new OutboxMail
        {
            Id = Guid.CreateVersion7(now),
            Key = $"test/{letter.MessageId}",
            AccountId = actor.Id,
            Address = to,
            Kind = kind,
            Status = answer.Result == PostResult.Kept ? MailStatus.Kept : MailStatus.Sent,
            Attempts = 1,
            NextAt = now,
            GiveUpAt = now,
            LastAnswer = "A test.",
            MessageId = letter.MessageId,
            Subject = letter.Subject,
            Text = letter.Text,
            Html = letter.Html,
            CreatedAt = now,
            SentAt = answer.Result == PostResult.Kept ? null : now,
        });
        await db.SaveChangesAsync(ct);
        return to!;
    }

    /// <summary>What a template looks like, with made-up facts.</summary>
    public async Task<Letter> Preview(MailTemplates templates, string kind, string language, CancellationToken ct)
    {
        var logo = (await settings.Get(MailLogo.Key, ct)).Value;
        var letter = letters.Example(templates, logo, kind, language, "robin@example.com");
        return letter with { Html = logo.Shown(letter.Html) };
    }
}
