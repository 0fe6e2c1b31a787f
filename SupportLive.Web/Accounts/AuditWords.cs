using System.Text.Json;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>Lines of the audit log in words.</summary>
public static class AuditWords
{
    /// <summary><c>roles_changed</c> → “Roles changed”.</summary>
    public static string Act(string act)
    {
        var words = act.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>What stands between who and what.</summary>
    public static string Did(AuditView line) => line.Act switch
    {
        Acts.Login => "logged in:",
        Acts.LoginFailed => $"failed to log in ({Reason(line)}):",
        Acts.LockedOut => "too many wrong passwords, locked:",
        Acts.RefreshTokenReused => "a log-in was used twice and ended:",
        Acts.LoggedOutEverywhere => "logged out everywhere:",
        Acts.PasswordAsked => "asked for a new password for",
        Acts.PasswordChanged => "changed the password of",
        Acts.AccountRegistered => "registered:",
        Acts.AccountCreated => "created the account",
        Acts.AccountInvited => "invited",
        Acts.InviteAccepted => "accepted the invitation:",
        Acts.AccountDisabled => "disabled",
        Acts.AccountEnabled => "enabled",
        Acts.RolesChanged => "changed the roles of",
        Acts.RoleCreated => "created the role",
        Acts.RoleChanged => "changed the role",
        Acts.RoleDeleted => "deleted the role",
        Acts.AgentChanged => "changed what can be given to",
        Acts.SettingChanged => "changed the setting",
        Acts.CategoryAdded => "added the category",
        Acts.CategoryChanged => "changed the category",
        Acts.RuleCreated => "created the rule",
        Acts.RuleChanged => "changed the rule",
        Acts.RuleDeleted => "deleted the rule",
        Acts.ViewShared => "shared the view",
        Acts.ViewChanged => "changed the shared view",
        Acts.ViewDeleted => "deleted the shared view",
        Acts.TicketsDeleted => "deleted",
        Acts.AuditExported or Acts.ReportExported => "exported",
        _ => Act(line.Act).ToLowerInvariant(),
    };

    private static string Reason(AuditView line) =>
        line.After is { ValueKind: JsonValueKind.Object } after && after.TryGetProperty("reason", out var reason) ? reason.GetString()?.Replace('_', ' ') ?? "" : "";

    /// <summary>What is different, by name; of things that came or went, all of it.</summary>
    public static IEnumerable<(string Name, string? Before, string? After)> Changes(AuditView line)
    {
        var (before, after) = (Parts(line.Before), Parts(line.After));
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var (was, now) = (Found(before, name), Found(after, name));
            if (Words(was) is { } old && Words(now) is { } fresh) yield return (name, Listed(old.Except(fresh, StringComparer.Ordinal)), Listed(fresh.Except(old, StringComparer.Ordinal)));
            else if (was?.GetRawText() != now?.GetRawText()) yield return (name, was is { } w ? Text(w) : null, now is { } n ? Text(n) : null);
        }
    }

    private static Dictionary<string, JsonElement> Parts(JsonElement? value) => value is not { } json ? []
        : json.ValueKind != JsonValueKind.Object ? new(StringComparer.Ordinal) { ["value"] = json }
        : json.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);

    private static JsonElement? Found(Dictionary<string, JsonElement> parts, string name) => parts.TryGetValue(name, out var part) ? part : null;

    // Of two lists of words it is told what came and what went.
    private static string[]? Words(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : null;

    private static string? Listed(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } text ? text : null;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => string.Join("; ", value.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).Select(p => $"{p.Name} {Text(p.Value)}")),
        _ => value.GetRawText(),
    };
}
