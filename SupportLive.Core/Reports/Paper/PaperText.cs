using System.Globalization;
using System.Text;

namespace SupportLive.Core.Reports.Paper;

/// <summary>
/// Text as this font can print it: what it has no letter for becomes a box that can be seen, control characters go, and runs from right to left are turned,
/// since the printer writes from left to right only. Arabic letters stand unjoined.
/// </summary>
internal sealed class PaperText(TrueType regular, TrueType bold)
{
    private const string Box = "□";

    private readonly Dictionary<Rune, bool> known = [];

    /// <summary>Whether a box was printed, which wants a word at the end.</summary>
    public bool HasBoxes { get; private set; }

    public string Of(string? text)
    {
        var printable = new StringBuilder();
        foreach (var rune in (text ?? "").Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) printable.Append(' ');
            else if (Knows(rune)) printable.Append(rune);
            else
            {
                HasBoxes = true;
                printable.Append(Knows(new Rune(Box[0])) ? Box : "?");
            }
        }

        return Turned(printable.ToString());
    }

    private bool Knows(Rune rune)
    {
        if (!known.TryGetValue(rune, out var knows)) known[rune] = knows = Rune.IsWhiteSpace(rune) || (regular.Glyph(rune.Value) != 0 && bold.Glyph(rune.Value) != 0);
        return knows;
    }

    private static string Turned(string text)
    {
        if (!text.Any(IsFromRight)) return text;
        var (turned, at) = (new StringBuilder(), 0);
        while (at < text.Length)
        {
            var end = at;
            for (var n = at; n < text.Length && (IsFromRight(text[n]) || (n > at && !char.IsLetterOrDigit(text[n]))); n++)
                if (IsFromRight(text[n])) end = n + 1;
            if (end == at) turned.Append(text[at++]);
            else
            {
                var parts = StringInfo.ParseCombiningCharacters(text[at..end]);
                for (var p = parts.Length - 1; p >= 0; p--) turned.Append(text[at..end].AsSpan(parts[p], (p + 1 < parts.Length ? parts[p + 1] : end - at) - parts[p]));
                at = end;
            }
        }

        return turned.ToString();
    }

    private static bool IsFromRight(char c) => c is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC');
}
