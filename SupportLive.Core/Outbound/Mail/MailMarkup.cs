using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// Makes text and HTML from one template. The template says what is a paragraph and what a button; what is put in for its variables is text and
/// nothing else, whatever it looks like.
/// </summary>
public static partial class MailMarkup
{
    [GeneratedRegex(@"\{\{\s*(?<name>\w+)\s*\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\A\[(?<label>[^\]\n]{1,60})\]\(\{\{\s*link\s*\}\}\)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Button();

    /// <summary>A variable that this mail does not know, as it is written; null when all are known.</summary>
    public static string? Unknown(MailTemplate template, IReadOnlyList<string> known) =>
        Variable().Matches($"{template.Subject}\n{template.Body}").FirstOrDefault(m => !known.Contains(m.Groups["name"].Value, StringComparer.Ordinal))?.Value;

    /// <summary>One line of at most 200 characters.</summary>
    public static string Subject(MailTemplate template, IReadOnlyDictionary<string, string> values)
    {
        var line = SmtpPost.OneLine(Fill(template.Subject, values));
        return line.Length <= 200 ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[198]) ? 198 : 199), "…");
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> values) => Variable().Replace(text, m => values.GetValueOrDefault(m.Groups["name"].Value, ""));

    public static string Text(MailTemplate template, IReadOnlyDictionary<string, string> values, IReadOnlyList<MailQuote> messages, MailBlocks? blocks = null)
    {
        var text = new StringBuilder();
        foreach (var part in Parts(template))
        {
            var m = Variable().Match(part);
            if (m.Success && m.Value == part && m.Groups["name"].Value == "messages")
                foreach (var (message, again) in Quoted(messages)) text.Append(again ? "" : $"  {message.Who}:\n").Append("  ").Append(message.Body.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal)).Append("\n\n");
            else if (m.Success && m.Value == part && blocks?.Of(m.Groups["name"].Value) is { } lines) text.Append(MailBlocks.Text(lines));
            else if (Button().Match(part) is { Success: true } button) text.Append(button.Groups["label"].Value).Append(":\n").Append(values.GetValueOrDefault("link")).Append("\n\n");
            else if (Fill(part, values).Trim() is { Length: > 0 } paragraph) text.Append(paragraph).Append("\n\n");
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string[] Parts(MailTemplate template) =>
        template.Body.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static string Html(MailTemplate template, IReadOnlyDictionary<string, string> values, IReadOnlyList<MailQuote> messages, MailBlocks? blocks = null)
    {
        var html = new StringBuilder();
        foreach (var part in Parts(template))
        {
            var m = Variable().Match(part);
            if (m.Success && m.Value == part && m.Groups["name"].Value == "messages")
                foreach (var (message, again) in Quoted(messages)) html.Append("<div class=\"quote\">").Append(again ? "" : $"<strong>{Escaped(message.Who)}</strong><br>").Append(Lines(message.Body)).Append("</div>\n");
            else if (m.Success && m.Value == part && blocks?.Of(m.Groups["name"].Value) is { } lines) html.Append(MailBlocks.Html(lines));
            else if (Button().Match(part) is { Success: true } button) html.Append("<p><a class=\"button\" href=\"").Append(Escaped(values.GetValueOrDefault("link") ?? "")).Append("\">").Append(Escaped(button.Groups["label"].Value)).Append("</a></p>\n");
            else if (Fill(part, values).Trim() is { Length: > 0 } paragraph) html.Append("<p>").Append(Lines(paragraph)).Append("</p>\n");
        }

        return html.ToString();
    }

    // Whoever writes several times is named once.
    private static IEnumerable<(MailQuote Message, bool Again)> Quoted(IReadOnlyList<MailQuote> messages) => messages.Select((m, n) => (m, n > 0 && messages[n - 1].Who == m.Who));

    private static string Lines(string text) => Escaped(text).Replace("\n", "<br>\n", StringComparison.Ordinal);

    internal static string Escaped(string text) => Encoder.Encode(text.ReplaceLineEndings("\n"));

    private sealed class MarkupEncoder
    {
        private static readonly HtmlEncoder Html = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

        public string Encode(string text) => string.Join('\n', text.Split('\n').Select(Html.Encode));
    }

    private static readonly MarkupEncoder Encoder = new();
}

/// <summary>A message, as it is quoted in a mail.</summary>
public sealed record MailQuote(string Who, string Body);
