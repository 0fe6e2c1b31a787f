using System.Text;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>Lists that a template puts in with one variable, alone in its paragraph: figures with what they are, or tickets with where they are.</summary>
public sealed class MailBlocks(IReadOnlyDictionary<string, IReadOnlyList<MailLine>> lines)
{
    public IReadOnlyList<MailLine>? Of(string name) => lines.GetValueOrDefault(name);

    /// <summary>A line each, and a second one for where it leads.</summary>
    internal static string Text(IReadOnlyList<MailLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append("  ").Append(SmtpPost.OneLine(line.Name)).Append(": ").Append(SmtpPost.OneLine(line.Value)).Append('\n');
            if (line.Link is { } link) text.Append("  ").Append(link).Append('\n');
        }

        return lines.Count == 0 ? "" : text.Append('\n').ToString();
    }

    internal static string Html(IReadOnlyList<MailLine> lines)
    {
        if (lines.Count == 0) return "";
        var html = new StringBuilder("<table class=\"figures\">\n");
        foreach (var line in lines)
        {
            var name = MailMarkup.Escaped(SmtpPost.OneLine(line.Name));
            html.Append("<tr><th scope=\"row\">").Append(line.Link is { } link ? $"<a href=\"{MailMarkup.Escaped(link)}\">{name}</a>" : name).Append("</th><td>").Append(MailMarkup.Escaped(SmtpPost.OneLine(line.Value))).Append("</td></tr>\n");
        }

        return html.Append("</table>\n").ToString();
    }
}

/// <param name="Link">Where its name leads; null: nowhere.</param>
public sealed record MailLine(string Name, string Value, string? Link = null);
