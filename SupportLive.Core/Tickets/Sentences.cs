using System.Text.Json;
using SupportLive.Core.Live;

namespace SupportLive.Core.Tickets;

/// <summary>Log entries as sentences for people: system lines in conversations, history, notifications.</summary>
public static class Sentences
{
    public static string Of(EntryView entry)
    {
        var who = entry.Author?.DisplayName ?? "SupportLive";
        return entry.Kind switch
        {
            Wire.TicketCreated => $"{who} opened the ticket",
            Wire.TicketAccepted => $"{who} accepted the ticket",
            Wire.TicketRejected => $"{who} rejected the ticket: {Data(entry, "reason")}",
            Wire.TicketDeclined => $"{who} passed the ticket on",
            Wire.TicketAssigned => $"{who} assigned the ticket to {Assignee(entry)}",
            Wire.TicketReleased => $"{who} put the ticket back into the queue",
            Wire.TicketEscalated => $"{who} escalated the ticket to level {Data(entry, "level")}: {Data(entry, "reason")}",
            Wire.TicketUpdated => $"{who} changed the ticket",
            Wire.TicketResolved => $"{who} marked the ticket as solved",
            Wire.TicketReopened => $"{who} reopened the ticket",
            Wire.TicketClosed => $"{who} closed the ticket",
            Wire.TicketRated => $"{who} rated the help with {Data(entry, "score")} of 5",
            Wire.Message => $"{who} wrote: {entry.Body}",
            Wire.Note => $"{who} noted: {entry.Body}",
            _ => $"{who}: {entry.Kind}",
        };
    }

    private static string Data(EntryView entry, string name) => entry.Data is { } data && data.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Assignee(EntryView entry) =>
        entry.Data is { } data && data.TryGetProperty("assignee", out var person) && person.ValueKind == JsonValueKind.Object && person.TryGetProperty("displayName", out var name) ? name.ToString() : "somebody";
}
