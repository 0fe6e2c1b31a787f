using System.Text.RegularExpressions;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>What somebody has written, without what they have quoted and signed.</summary>
public static partial class ReplyText
{
    // "On 1 March 2026 Alex wrote:", also over two lines, as common programs say it in a few languages; and the lines of those that quote without marks.
    [GeneratedRegex(@"^(>\s*)?(On|Am|Le|El|Il|Op|W dniu|Den)\b.{5,200}(wrote|schrieb|a écrit|escribió|ha scritto|schreef|napisał|skrev).{0,60}:\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"^(-{2,}\s*(Original Message|Ursprüngliche Nachricht|Message d'origine|Forwarded message)\s*-{2,}|_{20,})\s*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Line();

    public static string Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Replace('\u00a0', ' ').Split('\n');
        var kept = new List<string>();
        for (var n = 0; n < lines.Length; n++)
        {
            var line = lines[n].TrimEnd();
            if (lines[n] is "-- " or "--" || line.Contains(Letters.Above, StringComparison.Ordinal) || Line().IsMatch(line)) break;
            if (Introduction().IsMatch(line) || (n + 1 < lines.Length && Introduction().IsMatch($"{line} {lines[n + 1].Trim()}"))) break;
            if (line.StartsWith("From:", StringComparison.Ordinal) && n + 1 < lines.Length && (lines[n + 1].StartsWith("Sent:", StringComparison.Ordinal) || lines[n + 1].StartsWith("Date:", StringComparison.Ordinal))) break;
            if (!line.StartsWith('>')) kept.Add(line);
        }

        return string.Join('\n', kept).Trim();
    }
}
