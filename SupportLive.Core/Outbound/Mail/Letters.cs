using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>Writes the letter of a row, from the log as it is now and the templates as they are now.</summary>
public sealed class Letters(IDbContextFactory<SupportDb> dbs, Settings settings, TicketTold facts, AccountLinks ways, ReplyAddresses replies, Unsubscribing unsubscribing, IEnumerable<IMailContent> contents, MailOptions options)
{
    /// <summary>Null when there is nobody to tell any more, or nothing.</summary>
    public async Task<Letter?> Write(TakenMail mail, CancellationToken ct)
    {
        var templates = (await settings.Get(MailTemplates.Key, ct)).Value;
        var logo = (await settings.Get(MailLogo.Key, ct)).Value.File;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var account = mail.AccountId is { } id ? await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.DisabledAt == null, ct) : null;
        var to = mail.AccountId is null ? mail.Address : account?.Email;
        if (to is null) return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["brand"] = templates.Brand, ["name"] = account?.DisplayName ?? "all" };
        IReadOnlyList<MailQuote> messages = [];
        MailContent? content = null;
        if (MailKinds.IsOfAccount(mail.Kind))
        {
            if (await ways.Path(mail.Kind, account!.Id, ct) is not { } path) return null;
            values["link"] = options.Link(path);
            foreach (var (name, value) in Told(mail)) values[name] = value;
        }
        else if (contents.FirstOrDefault(c => c.Writes(mail.Kind)) is { } writer)
        {
            if ((content = await writer.Of(mail, account, ct)) is null) return null;
            foreach (var (name, value) in content.Values) values[name] = value;
            values["link"] = options.Link(content.Path);
        }
        else
        {
            if (await facts.Of(db, mail, account, ct) is not { } told) return null;
            foreach (var (name, value) in told.Values) values[name] = value;
            (values["link"], messages) = (options.Link(told.Path), told.Messages);
        }

        return await Write(mail, templates, logo, account, to, values, messages, content, ct);
    }

    private static IEnumerable<KeyValuePair<string, string>> Told(TakenMail mail)
    {
        if (mail.Data is null || JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(mail.Data) is not { } data) yield break;
        foreach (var (name, value) in data)
            yield return new(name, name == "when" && value.TryGetDateTimeOffset(out var at) ? at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture) : value.ToString());
    }

    private async Task<Letter> Write(TakenMail mail, MailTemplates templates, MailAttachment? logo, Account? account, string to, Dictionary<string, string> values, IReadOnlyList<MailQuote> messages, MailContent? content, CancellationToken ct)
    {
        var template = templates.Of(mail.Kind);
        var subject = MailMarkup.Subject(template, values);
        var isOfAccount = MailKinds.IsOfAccount(mail.Kind);
        var reply = !isOfAccount && account is not null && mail.TicketId is { } ticket && mail.Kind is not (MailKinds.Mention or MailKinds.OfferMissed or MailKinds.Escalation or MailKinds.Closed or MailKinds.Rejected) ? await replies.For(account.Id, ticket, ct) : null;
        var token = isOfAccount || account is null ? null : unsubscribing.Token(account.Id, MailKinds.EventOf(mail.Kind));
        var text = MailMarkup.Text(template, values, messages, content?.Blocks);
        if (reply is not null) text = $"{Above}\n\n{text}";
        return new Letter(
            templates.Brand, options.From, to, subject,
            text + MailFoot.Text(mail.Kind, templates.Brand, token, options),
            MailLayout.Html(templates.Brand, logo is not null, subject, (reply is null ? "" : $"<p style=\"font-size:13px\">{Above}</p>\n") + MailMarkup.Html(template, values, messages, content?.Blocks), MailFoot.Html(mail.Kind, templates.Brand, token, options)),
            $"<{Own(mail)}@{options.Domain}>",
            mail.TicketId is { } root && Own(mail) != Root(root) ? $"<{Root(root)}@{options.Domain}>" : null,
            reply,
            token is null ? null : options.Link($"/api/unsubscribe?token={token}"))
        {
            Logo = logo,
            Attachments = content?.Attachment is { } file ? [file] : [],
        };
    }

    /// <summary>Behind it nothing of an answer is taken over.</summary>
    public const string Above = "-- Please write your answer above this line --";

    // All mails of a ticket hang on one name, which is that of the first one to the customer; nobody has to have got that.
    private static string Root(Guid ticket) => $"ticket-{ticket:N}";

    private static string Own(TakenMail mail) => mail is { Kind: MailKinds.Received, TicketId: { } ticket } ? Root(ticket) : mail.Id.ToString("N");

    /// <summary>What a template would look like, with made-up facts and nobody's links.</summary>
    public Letter Example(MailTemplates templates, MailLogo mark, string kind, string language, string to)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["brand"] = templates.Brand,
            ["name"] = "Robin Reed",
            ["number"] = "1024",
            ["subject"] = "The invoice shows the wrong address",
            ["who"] = "Alex Agent",
            ["reason"] = "This belongs to another company.",
            ["wait"] = "There are 2 requests before yours. Most people wait 5 to 10 minutes.",
            ["happened"] = "Alex Agent closed the ticket",
            ["when"] = "1 March 2026, 09:00 UTC",
            ["where"] = "Firefox on Linux",
            ["link"] = options.Link("/"),
        };
        var logo = mark.File;
        foreach (var (name, value) in ReportTemplates.Example(kind)) values[name] = value;
        var blocks = ReportTemplates.Blocks(options);
        var template = templates.Of(kind, language);
        MailQuote[] messages = [new("Alex Agent", "Hello, which address should it be?"), new("Alex Agent", "I have corrected it for you. Please have a look.")];
        var subject = MailMarkup.Subject(template, values);
        var token = MailKinds.IsOfAccount(kind) || kind == MailKinds.Report ? null : "example";
        return new Letter(
            templates.Brand, options.From, to, subject, MailMarkup.Text(template, values, messages, blocks) + MailFoot.Text(kind, templates.Brand, token, options),
            MailLayout.Html(templates.Brand, logo is not null, subject, MailMarkup.Html(template, values, messages, blocks), MailFoot.Html(kind, templates.Brand, token, options)), $"<{Guid.NewGuid():N}@{options.Domain}>")
        { Logo = logo };
    }
}
