using System.Text;

namespace SupportLive.Core.Search;

/// <summary>The words around a hit, from PostgreSQL's marks to HTML that is safe to show.</summary>
internal static class Snippet
{
    private const char Begin = '\u0002'; // control characters are refused wherever text comes in, so nobody can have written a mark
    private const char End = '\u0003';

    /// <summary>For <c>ts_headline</c>.</summary>
    public static string Options { get; } = $"StartSel={Begin}, StopSel={End}, MaxWords=28, MinWords=14, ShortWord=0, MaxFragments=1";

    public static string Html(string marked)
    {
        var html = new StringBuilder(marked.Length + 32);
        foreach (var c in marked.Trim())
        {
            _ = c switch
            {
                Begin => html.Append("<mark>"),
                End => html.Append("</mark>"),
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '\n' or '\r' or '\t' => html.Append(' '),
                _ => html.Append(c),
            };
        }

        return html.ToString();
    }
}
