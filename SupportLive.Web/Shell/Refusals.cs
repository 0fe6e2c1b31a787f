using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Shell;

/// <summary>What a refusal says to one field of a form.</summary>
public static class Refusals
{
    public static IReadOnlyList<string> For(this Refusal? refusal, string field) => refusal?.Fields?.GetValueOrDefault(field) ?? [];

    /// <summary>For <c>aria-invalid</c>.</summary>
    public static string Invalid(this Refusal? refusal, string field) => refusal.For(field).Count > 0 ? "true" : "false";

    /// <summary>For <c>aria-describedby</c>; null where there is nothing to describe.</summary>
    public static string? Described(this Refusal? refusal, string field) => refusal.For(field).Count > 0 ? $"{field}-wrong" : null;
}
