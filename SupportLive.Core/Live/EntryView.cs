using System.Text.Json;

namespace SupportLive.Core.Live;

/// <summary>A log entry as clients see it.</summary>
/// <param name="After">For the staff feed: the public seq that it follows.</param>
public sealed record EntryView(
    Guid TicketId, Feed Feed, int Seq, Guid Id, string Kind, AuthorView? Author, string? Body, JsonElement? Data,
    IReadOnlyList<Guid> Attachments, string? ClientId, DateTimeOffset At, int? After = null)
{
    /// <summary>Where it stands among the entries of both feeds: behind the public entry that it follows.</summary>
    public (int, int, int) Place() => Feed == Feed.Public ? (Seq, 0, 0) : (After ?? 0, 1, Seq);

    public static JsonElement? ParseData(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
}

/// <summary>Who wrote an entry, in the role of that time.</summary>
public sealed record AuthorView(Guid Id, string DisplayName, string Role);
