using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>How somebody is told of an event.</summary>
public enum Channel { Both, Mail, InApp, None }

/// <summary>What people choose to be told of, and how.</summary>
public sealed class PreferenceActions(IDbContextFactory<SupportDb> dbs, Unsubscribing unsubscribing)
{
    /// <summary>For oneself, from now on. Refused as invalid where there is no such event.</summary>
    public async Task<Outcome<Done>> Choose(Actor actor, string? name, Channel channel, CancellationToken ct)
    {
        if (!MailEvents.IsOne(name)) return Refusal.Invalid("event", "There is no such event.");
        await using var db = await dbs.CreateDbContextAsync(ct);
        await Set(db, actor.Id, name!, channel is Channel.Both or Channel.Mail, channel is Channel.Both or Channel.InApp, ct);
        return new Done();
    }

    private static Task Set(SupportDb db, Guid account, string name, bool mail, bool inApp, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into mail_preferences (account_id, event, mail, in_app) values ({account}, {name}, {mail}, {inApp})
        on conflict (account_id, event) do update set mail = excluded.mail, in_app = excluded.in_app
        """, ct);

    private static readonly Refusal Unknown = new(RefusalKind.NotFound, "unsubscribe_unknown", "This link is not one of ours. Choose your mails on the page about notifications instead.");

    /// <summary>Ends the mails of one event for whoever got the link, whoever presses it; what is told in the product stays. Gives the title of the event.</summary>
    public async Task<Outcome<string>> Unsubscribe(string? token, CancellationToken ct)
    {
        if (unsubscribing.Read(token) is not { } whose || !MailEvents.IsOne(whose.Event)) return Unknown;
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (!await db.Users.AnyAsync(a => a.Id == whose.Account, ct)) return Unknown;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into mail_preferences (account_id, event, mail, in_app) values ({whose.Account}, {whose.Event}, false, true)
            on conflict (account_id, event) do update set mail = false
            """, ct);
        return MailEvents.Title(whose.Event);
    }

    /// <summary>The events that concern this person, with what is chosen.</summary>
    public async Task<IReadOnlyList<PreferenceView>> Of(Actor actor, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var chosen = await db.Set<MailPreference>().AsNoTracking().Where(p => p.AccountId == actor.Id).ToDictionaryAsync(p => p.Event, StringComparer.Ordinal, ct);
        return [.. MailEvents.For(actor.IsStaff).Where(e => e.Needs is null || actor.May(e.Needs)).Select(e => new PreferenceView(e.Name, e.Title, e.Hint, Chosen(chosen.GetValueOrDefault(e.Name)), e.OnlyMail))];
    }

    private static Channel Chosen(MailPreference? chosen) => chosen switch
    {
        null or { Mail: true, InApp: true } => Channel.Both,
        { Mail: true } => Channel.Mail,
        { InApp: true } => Channel.InApp,
        _ => Channel.None,
    };
}

/// <param name="OnlyMail">There is no notification of it in the product, so it is mail or nothing.</param>
public sealed record PreferenceView(string Event, string Title, string Hint, Channel Channel, bool OnlyMail);
