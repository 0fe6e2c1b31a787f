using System.Text.Json;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>What one attempt came back with.</summary>
internal readonly record struct Answer(Ending Ending, JsonElement Value, string? Code)
{
    // Refusals that say "not now"; with these, and with silence, the attempt may still have happened.
    private static readonly string[] NotNow = ["busy", "rate_limited", "internal_error", "unauthenticated"];

    public static Answer Ok(JsonElement value) => new(Ending.Ok, value, null);

    public static Answer Silence(string why) => new(Ending.Unknown, default, why);

    public static Answer Refused(JsonElement refusal, string otherwise)
    {
        var code = refusal.ValueKind == JsonValueKind.Object && refusal.TryGetProperty("code", out var c) ? c.GetString() ?? otherwise : otherwise;
        return new(Array.IndexOf(NotNow, code) >= 0 || code == otherwise ? Ending.Unknown : Ending.Fail, refusal, code);
    }
}
