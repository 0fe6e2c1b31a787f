using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Chat;

/// <summary>Web addresses in what people write become links, and in notes the names of colleagues are marked; everything else stays text, whatever it looks like.</summary>
public static partial class Addresses
{
    /// <summary>Null when there is nothing to link or to mark, so that plain words are drawn as plain words.</summary>
    /// <param name="names">Who may be mentioned here; null: nobody, "@" is a letter like others.</param>
    /// <param name="me">Whose own name is marked more strongly.</param>
    public static MarkupString? Linked(string text, IReadOnlyList<ColleagueView>? names = null, Guid me = default)
    {
        if (names is { Count: 0 } || !text.Contains('@', StringComparison.Ordinal)) names = null;
        var linkable = text.Contains("://", StringComparison.Ordinal);
        if (!linkable && names is null) return null;
        var html = new StringBuilder(text.Length + 200);
        var (at, found) = (0, false);
        foreach (Match match in linkable ? Address().Matches(text) : Enumerable.Empty<Match>())
        {
            var address = Trimmed(match.Value);
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)) continue;
            var encoded = WebUtility.HtmlEncode(address);
            Mentioned.Append(html, text, at..match.Index, names, me);
            html.Append("<a href=\"").Append(encoded).Append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">").Append(encoded).Append("</a>");
            (at, found) = (match.Index + address.Length, true);
        }

        found |= Mentioned.Append(html, text, at.., names, me);
        return found ? new MarkupString(html.ToString()) : null;
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
