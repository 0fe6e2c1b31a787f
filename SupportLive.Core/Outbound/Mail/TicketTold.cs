using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>What the log says of a ticket, in the words that a mail puts in.</summary>
public sealed class TicketTold(WaitQueries waits, Actors actors)
{
    private const int MostMessages = 20;
    private const int LongestMessage = 4_000;

    /// <summary>Null when the ticket is gone, or its messages have been read or are no business of this person any more.</summary>
    internal async Task<MailFacts?> Of(SupportDb db, TakenMail mail, Account? account, CancellationToken ct)
    {
        var ticket = await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == mail.TicketId, ct);
        if (ticket is null) return null;
        var feed = (Feed)(mail.Feed ?? 0);
        var entry = (await EntryQueries.Named(db).SingleOrDefaultAsync(e => e.Entry.TicketId == ticket.Id && e.Entry.Feed == feed && e.Entry.Seq == mail.Seq, ct))?.View();
        if (entry is null) return null;
        var isCustomer = account?.Id == ticket.CustomerId && mail.Kind != MailKinds.Mention;
        IReadOnlyList<MailQuote> messages = [];
        if (mail.Kind == MailKinds.Reply)
        {
            if (!isCustomer && account?.Id != ticket.AssigneeId) return null;
            messages = await Unread(db, mail, ct);
            if (messages.Count == 0) return null;
        }
        else if (mail.Kind == MailKinds.Mention)
        {
            if (account is null || (await actors.Find(account.Id, ct))?.Actor is not { } reader || !TicketTable.CanReadNotes(ticket.State, reader)) return null;
            messages = [new MailQuote(entry.Author?.DisplayName ?? "SupportLive", Shortened(entry.Body ?? ""))];
        }

        return new MailFacts(new(StringComparer.Ordinal)
        {
            ["number"] = ticket.Number.ToString(CultureInfo.InvariantCulture),
            ["subject"] = ticket.Subject,
            ["who"] = messages.Count > 0 ? RuleWords.Listed([.. messages.Select(m => m.Who).Distinct(StringComparer.Ordinal)], "and") : await Who(db, mail, entry, ticket, ct),
            ["reason"] = ticket.RejectionReason ?? "",
            ["wait"] = mail.Kind == MailKinds.Received ? await Wait(ticket, ct) : "",
            ["happened"] = !isCustomer ? Sentences.Of(entry) : feed == Feed.Public ? Sentences.ForCustomer(entry) : "", // what is not theirs to read, such as rules, stays here
        }, messages, isCustomer ? $"/tickets/{ticket.Number}" : $"/desk/{ticket.Number}");
    }

    // The unread ones of this mail's stretch, without those that an earlier mail has told.
    private static async Task<IReadOnlyList<MailQuote>> Unread(SupportDb db, TakenMail mail, CancellationToken ct)
    {
        var read = await db.ReadMarks.Where(m => m.TicketId == mail.TicketId && m.AccountId == mail.AccountId).Select(m => m.Seq).SingleOrDefaultAsync(ct);
        var told = await db.Set<OutboxMail>().Where(o => o.Id != mail.Id && o.Kind == MailKinds.Reply && o.AccountId == mail.AccountId && o.TicketId == mail.TicketId && o.SeqTo < mail.SeqTo).MaxAsync(o => o.SeqTo, ct) ?? 0;
        var from = Math.Max(mail.Seq ?? 0, Math.Max(read, told) + 1);
        var entries = await EntryQueries.Named(db).Where(e => e.Entry.TicketId == mail.TicketId && e.Entry.Feed == Feed.Public && e.Entry.Kind == Wire.Message && e.Entry.AuthorId != mail.AccountId && e.Entry.Seq >= from && e.Entry.Seq <= mail.SeqTo)
            .OrderByDescending(e => e.Entry.Seq).Take(MostMessages).ToListAsync(ct);
        return [.. entries.AsEnumerable().Reverse().Select(e => new MailQuote(e.AuthorName ?? "", Shortened(e.Entry.Body ?? "")))];
    }

    private static string Shortened(string body) => body.Length <= LongestMessage ? body : string.Concat(body.AsSpan(0, LongestMessage - 1), "…");

    private static async Task<string> Who(SupportDb db, TakenMail mail, EntryView entry, Ticket ticket, CancellationToken ct)
    {
        if (mail.Kind == MailKinds.Accepted && entry.Data is { } data && data.TryGetProperty("assignee", out var assignee)) return assignee.GetProperty("displayName").GetString() ?? "";
        if (entry.Author is { } author) return author.DisplayName;
        return mail.Kind == MailKinds.Accepted ? await db.Users.Where(a => a.Id == ticket.AssigneeId).Select(a => a.DisplayName).SingleOrDefaultAsync(ct) ?? "Somebody" : "SupportLive";
    }

    private async Task<string> Wait(Ticket ticket, CancellationToken ct)
    {
        if (await actors.Find(ticket.CustomerId, ct) is not { } customer) return "";
        var wait = await waits.Of(customer.Actor, ticket.Id.ToString(), ct);
        if (!wait.Ok || wait.Value.Position is not { } place) return "";
        string[] sentences =
        [
            place == 1 ? "You are next." : $"There {(place == 2 ? "is one request" : $"are {place - 1} requests")} before yours.",
            .. wait.Value is { WaitFromSeconds: { } from, WaitToSeconds: { } to } ? [Waits(Minutes(from), Minutes(to))] : Array.Empty<string>(),
            .. wait.Value.Hours is { } hours ? [hours] : Array.Empty<string>(),
        ];
        return string.Join(' ', sentences);
    }

    private static string Waits(int from, int to) => from == to ? $"Today people wait about {from} {(from == 1 ? "minute" : "minutes")}." : $"Today people wait {from} to {to} minutes.";

    private static int Minutes(int seconds) => Math.Max(1, (int)Math.Round(seconds / 60.0));
}

internal sealed record MailFacts(Dictionary<string, string> Values, IReadOnlyList<MailQuote> Messages, string Path);
