using System.Text.RegularExpressions;

namespace SupportLive.Web.Escalation;

/// <summary>Opening times as people write them: <c>9 - 12:30, 13:00–17</c>.</summary>
public static partial class HoursText
{
    [GeneratedRegex(@"\s*[-–—]\s*")]
    private static partial Regex Dash();

    [GeneratedRegex(@"^(\d{1,2})(?:[:.](\d{2}))?$")]
    private static partial Regex Clock();

    public static string Of(string[][]? open) => string.Join(", ", (open ?? []).Select(interval => string.Join('–', interval)));

    /// <summary>What cannot be read stays as it was written, for the refusal to say so.</summary>
    public static string[][] Read(string? text) => [.. Parts(Dash().Replace(text ?? "", "–")).Select(interval => interval.Split('–').Select(Padded).ToArray())];

    public static string[] Parts(string? text) => (text ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Padded(string time) =>
        Clock().Match(time) is { Success: true } read ? $"{read.Groups[1].Value.PadLeft(2, '0')}:{(read.Groups[2].Success ? read.Groups[2].Value : "00")}" : time;
}
