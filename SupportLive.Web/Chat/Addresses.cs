using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace SupportLive.Web.Chat;

/// <summary>Web addresses in what people write become links; everything else stays text, whatever it looks like.</summary>
public static partial class Addresses
{
    /// <summary>Null when there is nothing to link, so that plain words are drawn as plain words.</summary>
    public static MarkupString? Linked(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal)) return null;
        var html = new StringBuilder(text.Length + 200);
        var at = 0;
        foreach (Match match in Address().Matches(text))
        {
            var address = Trimmed(match.Value);
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)) continue;
            var encoded = WebUtility.HtmlEncode(address);
            html.Append(WebUtility.HtmlEncode(text[at..match.Index])).Append("<a href=\"").Append(encoded).Append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">").Append(encoded).Append("</a>");
            at = match.Index + address.Length;
        }

        return at == 0 ? null : new MarkupString(html.Append(WebUtility.HtmlEncode(text[at..])).ToString());
    }

    // What ends a sentence, or the bracket around the address, is not part of it.
    private static string Trimmed(string address)
    {
        while (address[^1] is var last && (".,;:!?…’”»*_~".Contains(last, StringComparison.Ordinal) || (Brackets.IndexOf(last, StringComparison.Ordinal) is >= 0 and var which
            && address.Count(c => c == last) > address.Count(c => c == "([{"[which])))) address = address[..^1];
        return address;
    }

    private const string Brackets = ")]}";

    [GeneratedRegex("""https?://[^\s<>"'`]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
