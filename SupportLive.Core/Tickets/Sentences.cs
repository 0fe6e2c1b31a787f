using System.Text.Json;
using SupportLive.Core.Live;

namespace SupportLive.Core.Tickets;

/// <summary>Log entries as sentences for people: system lines in conversations, history, notifications.</summary>
public static class Sentences
{
    /// <summary>As the customer reads it: nothing of rules and levels.</summary>
    public static string ForCustomer(EntryView entry) => entry.Kind != Wire.TicketEscalated ? Of(entry.ForCustomer())
        : entry.Author is { } by ? $"{by.DisplayName} escalated the ticket: {Data(entry, "reason")}" : "Escalated";

    /// <summary>As staff read it.</summary>
    public static string Of(EntryView entry)
    {
        var rule = entry.Author is null ? Data(entry, "rule") : "";
        var who = entry.Author?.DisplayName ?? (rule.Length > 0 ? $"Rule “{rule}”" : "SupportLive");
        return entry.Kind switch
        {
            Wire.TicketCreated => Number(entry, "followUpOf") is { } old ? $"{who} opened the ticket, going on from {old}" : $"{who} opened the ticket",
            Wire.TicketAccepted => $"{who} accepted the ticket",
            Wire.TicketRejected => $"{who} rejected the ticket: {Data(entry, "reason")}",
            Wire.TicketOffered => $"Offered to {Person(entry, "agent")}: {Data(entry, "why")}",
            Wire.TicketDeclined when entry.Author is null => Data(entry, "withdrawn") == "True" ? $"The offer to {Person(entry, "agent")} was taken back" : $"{Person(entry, "agent")} did not answer the offer",
            Wire.TicketDeclined => Data(entry, "reason") is { Length: > 0 } why ? $"{who} passed the ticket on: {why}" : $"{who} passed the ticket on",
            Wire.TicketAssigned when Id(entry, "assignee") == entry.Author?.Id && entry.Author is not null => $"{who} took the ticket over",
            Wire.TicketAssigned => $"{who} assigned the ticket to {Person(entry, "assignee")}",
            Wire.TicketReleased => $"{who} put the ticket back into the queue",
            Wire.TicketEscalated when rule.Length > 0 => $"Escalated to level {Data(entry, "level")} by rule “{rule}”",
            Wire.TicketEscalated => $"{who} escalated the ticket to level {Data(entry, "level")}: {Data(entry, "reason")}",
            Wire.TicketUpdated => Updated(entry, who),
            Wire.TicketResolved => $"{who} marked the ticket as solved",
            Wire.TicketReopened => $"{who} reopened the ticket",
            Wire.TicketClosed when Data(entry, "afterDays") is { Length: > 0 } days => $"Closed automatically after {days} {(days == "1" ? "day" : "days")}",
            Wire.TicketClosed when Data(entry, "reason") is { Length: > 0 } reason => $"{who} closed the ticket: {reason}",
            Wire.TicketClosed => Number(entry, "mergedInto") is { } into ? $"{who} merged this ticket into {into}" : $"{who} closed the ticket",
            Wire.RuleFired => Fired(entry),
            Wire.TicketRated => $"{who} rated the help with {Data(entry, "score")} of 5{(Data(entry, "comment") is { Length: > 0 } comment ? $": {comment}" : "")}",
            Wire.Message => $"{who} wrote: {entry.Body}",
            Wire.Note => $"{who} noted: {entry.Body}",
            _ => $"{who}: {entry.Kind}",
        };
    }

    private static string Fired(EntryView entry)
    {
        string[] did =
        [
            .. Data(entry, "nobodyAmong") is { Length: > 0 } among ? [among == "manager" ? "no other manager could take the ticket" : "no other agent could take the ticket"] : Array.Empty<string>(),
            .. Strings(entry, "notify") is { Length: > 0 } notified ? [$"{Listed([.. notified.Select(Told)])} told"] : Array.Empty<string>(),
            .. Strings(entry, "email") is { Length: > 0 } written ? [$"e-mail to {Listed([.. written.Select(Told)])}"] : Array.Empty<string>(),
        ];
        return $"Rule “{Data(entry, "rule")}”: {Data(entry, "waited")}; {string.Join(", ", did)}";
    }

    private static string Told(string who) => who is "assignee" or "customer" ? $"the {who}" : who;

    private static string[] Strings(EntryView entry, string name) => entry.Data is { } data ? Words(data, name) : [];

    /// <summary>The other ticket that an entry speaks of, if it does.</summary>
    public static long? OtherTicket(EntryView entry) =>
        new[] { "followUpOf", "followUp", "mergedInto", "merged" }.Select(name => Part(entry.Data, name, "number")).FirstOrDefault(n => n?.ValueKind == JsonValueKind.Number)?.GetInt64();

    /// <summary>An edit that only sorts; customers' pages leave it out.</summary>
    public static bool IsOfTagsOnly(EntryView entry) =>
        entry.Kind == Wire.TicketUpdated && Part(entry.Data, "changes") is { ValueKind: JsonValueKind.Object } changes && changes.EnumerateObject().All(c => c.Name == "tags");

    private static string Updated(EntryView entry, string who)
    {
        if (Number(entry, "merged") is { } merged) return $"{who} merged {merged} “{Part(entry.Data, "merged", "subject")}” into this ticket";
        if (Number(entry, "followUp") is { } next) return $"{who} went on in a new ticket, {next}";
        string[] phrases =
        [
            .. Change(entry, "subject") is { } subject ? [$"changed the subject to “{subject.To}”"] : Array.Empty<string>(),
            .. Change(entry, "category", "fromName", "toName") is { } category ? [$"changed the category from {category.From} to {category.To}"] : Array.Empty<string>(),
            .. Change(entry, "priority") is { } priority ? [$"changed the priority from {Capital(priority.From)} to {Capital(priority.To)}"] : Array.Empty<string>(),
            .. Tags(entry),
        ];
        return phrases.Length == 0 ? $"{who} changed the ticket" : $"{who} {Listed(phrases)}";
    }

    private static IEnumerable<string> Tags(EntryView entry)
    {
        if (Part(entry.Data, "changes", "tags") is not { } tags) yield break;
        var (before, after) = (Words(tags, "from"), Words(tags, "to"));
        var (added, removed) = (after.Except(before, StringComparer.Ordinal).ToArray(), before.Except(after, StringComparer.Ordinal).ToArray());
        if (added.Length > 0) yield return $"added the {(added.Length > 1 ? "tags" : "tag")} {Listed(added)}";
        if (removed.Length > 0) yield return $"removed the {(removed.Length > 1 ? "tags" : "tag")} {Listed(removed)}";
        if (added.Length + removed.Length == 0) yield return "put the tags into another order";
    }

    private static string[] Words(JsonElement of, string name) => Part(of, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(w => w.ToString())] : [];

    private static string Listed(string[] parts) => parts.Length < 2 ? string.Concat(parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static (string From, string To)? Change(EntryView entry, string field, string from = "from", string to = "to") =>
        Part(entry.Data, "changes", field) is { } change ? (Part(change, from)?.ToString() ?? "", Part(change, to)?.ToString() ?? "") : null;

    private static string? Number(EntryView entry, string name) => Part(entry.Data, name, "number") is { } number ? $"#{number}" : null;

    private static string Data(EntryView entry, string name) => Part(entry.Data, name)?.ToString() ?? "";

    private static Guid? Id(EntryView entry, string name) => Part(entry.Data, name, "id") is { } id && id.TryGetGuid(out var guid) ? guid : null;

    private static string Person(EntryView entry, string role) => Part(entry.Data, role, "displayName")?.ToString() ?? "somebody";

    private static JsonElement? Part(JsonElement? of, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (of is not { ValueKind: JsonValueKind.Object } there || !there.TryGetProperty(name, out var value)) return null;
            of = value;
        }

        return of;
    }
}
