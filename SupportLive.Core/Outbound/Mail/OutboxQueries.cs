using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>Mails as those see them who run the installation. All need the permission to manage settings.</summary>
public sealed class OutboxQueries(IDbContextFactory<SupportDb> dbs, Settings settings)
{
    private const int PageSize = 50;

    /// <summary>Newest first.</summary>
    /// <param name="status">One of waiting, sent, failed, suppressed, kept; null or empty: all.</param>
    /// <param name="cursor">What the last page ended with.</param>
    public async Task<Outcome<Page<OutboxView>>> Page(Actor actor, string? status, string? cursor, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        MailStatus? wanted = null;
        if (!string.IsNullOrEmpty(status))
        {
            if (!Enum.GetValues<MailStatus>().Any(s => Word(s) == status)) return Refusal.Invalid("status", "A status is waiting, sent, failed, suppressed or kept.");
            wanted = Enum.GetValues<MailStatus>().Single(s => Word(s) == status);
        }

        if (!TryCursor(cursor, out var after)) return Refusal.Invalid("cursor", "This cursor does not belong to this list; start again without it.");
        await using var db = await dbs.CreateDbContextAsync(ct);
        IQueryable<OutboxMail> mails = db.Set<OutboxMail>();
        if (wanted is { } one) mails = mails.Where(m => m.Status == one);
        if (after is { } last) mails = mails.Where(m => m.CreatedAt < last.At || (m.CreatedAt == last.At && m.Id < last.Id));
        var page = await Views(db, mails.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(PageSize)).ToListAsync(ct);
        page = [.. page.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id)];
        return new Page<OutboxView>(page, page.Count == PageSize ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].CreatedAt.UtcTicks}-{page[^1].Id:N}") : null);
    }

    private static string Word(MailStatus status) => status.ToString().ToLowerInvariant();

    private static bool TryCursor(string? cursor, out (DateTimeOffset At, Guid Id)? after)
    {
        after = null;
        if (string.IsNullOrEmpty(cursor)) return true;
        if (cursor.Split('-') is not [var ticks, var id] || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) || at < 0 || at > DateTime.MaxValue.Ticks || !Guid.TryParse(id, out var guid)) return false;
        after = (new DateTimeOffset(at, TimeSpan.Zero), guid);
        return true;
    }

    private static IQueryable<OutboxView> Views(SupportDb db, IQueryable<OutboxMail> mails) =>
        from m in mails.AsNoTracking()
        join a in db.Users on m.AccountId equals a.Id into accounts
        from account in accounts.DefaultIfEmpty()
        join t in db.Tickets on m.TicketId equals t.Id into tickets
        from ticket in tickets.DefaultIfEmpty()
        select new OutboxView(m.Id, m.Status, m.Kind, m.Address ?? account.Email ?? "", m.Subject, (long?)ticket.Number, m.Attempts, m.Status == MailStatus.Waiting ? m.NextAt : null, m.LastAnswer, m.CreatedAt, m.SentAt);

    /// <summary>One mail with what was sent. What lets somebody into an account is shown to admins alone, and only where it was kept instead of sent.</summary>
    public async Task<Outcome<OutboxDetail>> Find(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var mail = await Views(db, db.Set<OutboxMail>().Where(m => m.Id == id)).SingleOrDefaultAsync(ct);
        if (mail is null) return Refusal.NotFound("mail");
        var content = await db.Set<OutboxMail>().Where(m => m.Id == id).Select(m => new { m.Text, m.Html, m.MessageId }).SingleAsync(ct);
        var hidden = MailKinds.HoldsSecret(mail.Kind) && actor.Role != Roles.Admin;
        var html = hidden || content.Html is null ? null : (await settings.Get(MailLogo.Key, ct)).Value.Shown(content.Html);
        return new OutboxDetail(mail, content.MessageId, hidden ? null : content.Text, html);
    }

    /// <summary>How many mails stand in each status now; sent ones of a day.</summary>
    public async Task<Outcome<OutboxCounts>> Counts(Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var (mails, day) = (db.Set<OutboxMail>(), now.AddDays(-1));
        return new OutboxCounts(
            await mails.CountAsync(m => m.Status == MailStatus.Waiting, ct), await mails.CountAsync(m => m.Status == MailStatus.Failed, ct),
            await mails.CountAsync(m => m.Status == MailStatus.Suppressed, ct), await mails.CountAsync(m => m.Status == MailStatus.Sent && m.SentAt > day, ct));
    }

    /// <summary>The last answers that were refused, newest first.</summary>
    public async Task<Outcome<IReadOnlyList<InboundView>>> Refused(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permissions.SettingsManage)) return Refusal.Forbidden();
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<InboundMail>().AsNoTracking().Where(m => m.Refused != null).OrderByDescending(m => m.At).Take(PageSize).Select(m => new InboundView(m.Id, m.Sender, m.Subject, m.Refused!, m.At)).ToListAsync(ct);
    }
}

/// <param name="NextAt">When it is tried again; null when it is not.</param>
/// <param name="LastAnswer">What the other server said last.</param>
public sealed record OutboxView(Guid Id, MailStatus Status, string Kind, string To, string? Subject, long? Number, int Attempts, DateTimeOffset? NextAt, string? LastAnswer, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);

public sealed record OutboxDetail(OutboxView Mail, string? MessageId, string? Text, string? Html);

public sealed record OutboxCounts(int Waiting, int Failed, int Suppressed, int SentToday);

public sealed record InboundView(Guid Id, string? Sender, string? Subject, string Refused, DateTimeOffset At);
