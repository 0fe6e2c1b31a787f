using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;

namespace SupportLive.Core.Accounts;

/// <summary>
/// Writes the audit log. What changes something is recorded with it, in one transaction (<see cref="Record"/>), so that neither is there without
/// the other. Never hand over passwords, tokens or what people write to each other.
/// </summary>
public sealed class Audit(IDbContextFactory<SupportDb> dbs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Adds the line to what <paramref name="db"/> saves next.</summary>
    /// <param name="actor">Null for whoever was not let in.</param>
    /// <param name="act">Out of <see cref="Acts"/>.</param>
    /// <param name="from">The network address, where there is no actor to carry it.</param>
    public static void Record(SupportDb db, Actor? actor, string act, AuditSubject of, object? before = null, object? after = null, string? from = null) => db.Audit.Add(new AuditEntry
    {
        ActorId = actor is { IsSupportLive: false } ? actor.Id : null,
        Actor = actor?.DisplayName,
        Address = actor?.From ?? from,
        Act = act,
        SubjectKind = of.Kind,
        SubjectId = of.Id,
        Subject = Storable(of.Name),
        Before = AsJson(before),
        After = AsJson(after),
    });

    private const int Longest = 254;

    // What somebody typed may be anything; the log keeps what PostgreSQL can store of it.
    private static string? Storable(string? text)
    {
        if (text is null) return null;
        var kept = text.Length > Longest ? text[..Longest] : text;
        return string.Concat(kept.EnumerateRunes().Select(r => System.Text.Rune.IsControl(r) ? "\uFFFD" : r.ToString()));
    }

    private static string? AsJson(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Json);

    /// <summary>For what changes nothing, such as an export.</summary>
    public async Task Write(Actor? actor, string act, AuditSubject of, object? before, object? after, string? from, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        Record(db, actor, act, of, before, after, from);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>What an act was done to: a kind (<c>account</c>, <c>role</c>, <c>setting</c>, …), its id, and its name as people knew it then.</summary>
public readonly record struct AuditSubject(string Kind, string? Id, string? Name)
{
    public static AuditSubject Of(Account account) => new("account", account.Id.ToString(), $"{account.DisplayName} <{account.Email}>");

    /// <summary>An account of which only the address is known.</summary>
    public static AuditSubject Address(string? typed) => new("account", null, typed);

    public static AuditSubject Role(string name) => new("role", name, name);

    public static AuditSubject Setting(string key) => new("setting", key, key);
}
