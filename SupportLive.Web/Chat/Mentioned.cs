using System.Net;
using System.Text;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Chat;

/// <summary>Names of colleagues behind an "@", found by the rule by which they are told: no letter or digit before or behind, and the longest name counts.</summary>
internal static class Mentioned
{
    /// <summary>Writes a stretch of a text as HTML, with the names marked; whether there was one.</summary>
    public static bool Append(StringBuilder html, string text, Range stretch, IReadOnlyList<ColleagueView>? names, Guid me)
    {
        var (from, to) = (stretch.Start.GetOffset(text.Length), stretch.End.GetOffset(text.Length));
        var found = false;
        for (var sign = Next(from); sign >= 0; sign = Next(sign + 1))
        {
            if (sign > 0 && char.IsLetterOrDigit(text[sign - 1])) continue;
            var (length, mine) = Name(text, sign + 1, to, names!, me);
            if (length == 0) continue;
            html.Append(WebUtility.HtmlEncode(text[from..sign])).Append(mine ? "<strong class=\"mention me\">" : "<span class=\"mention\">")
                .Append(WebUtility.HtmlEncode(text[sign..(sign + 1 + length)])).Append(mine ? "</strong>" : "</span>");
            (from, found) = (sign + 1 + length, true);
        }

        html.Append(WebUtility.HtmlEncode(text[from..to]));
        return found;

        int Next(int at) => names is null || at >= to ? -1 : text.IndexOf('@', at, to - at);
    }

    private static (int Length, bool Mine) Name(string text, int at, int to, IReadOnlyList<ColleagueView> names, Guid me)
    {
        var (length, mine) = (0, false);
        foreach (var (id, name, _) in names)
        {
            if (name.Length < length || at + name.Length > to || string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0) continue;
            if (at + name.Length < text.Length && char.IsLetterOrDigit(text[at + name.Length])) continue;
            mine = (name.Length == length && mine) || id == me;
            length = name.Length;
        }

        return (length, mine);
    }
}
