using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// Makes messages out of answers. Only what comes to an address that was given to somebody, from that person's own address, is one; everything
/// else is refused and listed, and nothing is guessed.
/// </summary>
public sealed class InboundActions(IDbContextFactory<SupportDb> dbs, ChatActions chat, Actors actors, ReplyAddresses addresses, MailOptions options, TimeProvider time)
{
    public const int Longest = 5 * 1024 * 1024;
    private const int LongestMessage = 8_000;

    /// <summary>Whether whoever posts here knows the secret.</summary>
    public bool Knows(string? secret) => options.InboundSecret is { Length: > 0 } known && secret is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(known)));

    /// <summary>What became of it: null when it is a message now (or was one before), else why not.</summary>
    public async Task<string?> Take(byte[] raw, CancellationToken ct)
    {
        var mail = MimeMail.Parse(raw);
        var id = mail.Header("Message-ID") is { Length: > 0 and <= 500 } given ? given : $"<{Convert.ToHexStringLower(SHA256.HashData(raw))}@no-id>";
        await using var db = await dbs.CreateDbContextAsync(ct);
        var known = await db.Set<InboundMail>().AsNoTracking().Where(m => m.MessageId == id).Select(m => new { m.Refused }).SingleOrDefaultAsync(ct);
        if (known is not null) return known.Refused;
        var (refused, ticket) = await Judge(db, mail, id, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into inbound_mails (id, message_id, sender, subject, ticket_id, refused, at)
            values ({Guid.CreateVersion7()}, {id}, {Cut(mail.From)}, {Cut(mail.Header("Subject"))}, {ticket}, {refused}, {time.GetUtcNow()}) on conflict (message_id) do nothing
            """, ct);
        return refused;
    }

    private static string? Cut(string? text) => text is null ? null : SmtpPost.OneLine(text) is { Length: > 200 } line ? line[..200] : SmtpPost.OneLine(text);

    private async Task<(string? Refused, Guid? Ticket)> Judge(SupportDb db, MimeMail mail, string id, CancellationToken ct)
    {
        if (IsAutomatic(mail)) return ("Written by a program, not by a person.", null);
        var tokens = mail.Recipients.Select(addresses.Token).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (tokens is not [var token]) return (tokens.Length == 0 ? "Not sent to an address of ours for answers." : "Sent to several addresses for answers.", null);
        var whose = await db.Set<ReplyAddress>().AsNoTracking().SingleOrDefaultAsync(a => a.Token == token, ct);
        if (whose is null) return ("This address for answers was never given to anybody.", null);
        if (await actors.Find(whose.AccountId, ct) is not { } access) return ("The account cannot be used.", whose.TicketId);
        if (!access.Email.Equals(mail.From, StringComparison.OrdinalIgnoreCase)) return ("Not from the person whom the address was given to.", whose.TicketId);
        if (mail.Text is null) return ("Without plain text.", whose.TicketId);
        var text = ReplyText.Of(mail.Text);
        if (text.Length == 0) return ("Nothing was written above what is quoted.", whose.TicketId);
        // The id of the mail is that of the message, so that two nodes that get one mail at once write one message.
        var client = $"mail-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
        var posted = await chat.Post(access.Actor, new NewMessage(whose.TicketId, client, WithAttached(text, mail.Attached)), ct);
        if (posted.Refusal is { Kind: Outcomes.RefusalKind.Busy } busy) throw new TimeoutException(busy.Message); // whoever posts it tries again
        return (posted.Ok ? null : posted.Refusal.Message, whose.TicketId);
    }

    private static bool IsAutomatic(MimeMail mail) =>
        mail.Header("Auto-Submitted") is { } auto && !auto.StartsWith("no", StringComparison.OrdinalIgnoreCase)
        || mail.Header("Precedence") is { } precedence && precedence.Trim().ToLowerInvariant() is "bulk" or "junk" or "list" or "auto_reply"
        || mail.Header("X-Autoreply") is not null || mail.Header("X-Autorespond") is not null || mail.Header("List-Id") is not null
        || mail.Header("Return-Path")?.Trim() == "<>"
        || mail.From is { } from && (from.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase) || from.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase));

    private static string WithAttached(string text, IReadOnlyList<string> names)
    {
        var note = names.Count == 0 ? "" : $"\n\n(Attached to the mail, and not taken over: {string.Join(", ", names)})";
        if (note.Length > 1_000) note = note[..1_000];
        return (text.Length + note.Length > LongestMessage ? text[..(LongestMessage - note.Length - 1)] + "…" : text) + note;
    }
}
