using System.Text.Json;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;

namespace SupportLive.Core.Live;

/// <summary>A log entry as clients see it.</summary>
/// <param name="After">For the staff feed: the public seq that it follows.</param>
public sealed record EntryView(
    Guid TicketId, Feed Feed, int Seq, Guid Id, string Kind, AuthorView? Author, string? Body, JsonElement? Data,
    IReadOnlyList<Guid> Attachments, string? ClientId, DateTimeOffset At, int? After = null)
{
    /// <summary>Where it stands among the entries of both feeds: behind the public entry that it follows.</summary>
    public (int, int, int) Place() => Feed == Feed.Public ? (Seq, 0, 0) : (After ?? 0, 1, Seq);

    private static readonly string[] Internal = ["rule", "why"];

    /// <summary>
    /// As this reader may know it. How the house is run is no customer's business: neither the names of its rules, nor by what load somebody was
    /// chosen.
    /// </summary>
    public EntryView For(Actor reader) => reader.IsStaff ? this : ForCustomer();

    /// <inheritdoc cref="For"/>
    public EntryView ForCustomer()
    {
        if (Data is not { ValueKind: JsonValueKind.Object } data || !Array.Exists(Internal, name => data.TryGetProperty(name, out _))) return this;
        var told = JsonObject.Create(data)!;
        foreach (var name in Internal) told.Remove(name);
        return this with { Data = JsonSerializer.SerializeToElement(told, Wire.Json) };
    }

    public static JsonElement? ParseData(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
}

/// <summary>Who wrote an entry, in the role of that time.</summary>
public sealed record AuthorView(Guid Id, string DisplayName, string Role);
