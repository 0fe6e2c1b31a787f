using System.Text.RegularExpressions;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Search;

/// <summary>What somebody typed into the search box, as far as it decides how to search: <c>words "a phrase" -without or</c>, or a ticket's number.</summary>
internal sealed partial class SearchText
{
    public const int MostCharacters = 200;

    [GeneratedRegex("""-?"[^"]*"?|\S+""")]
    private static partial Regex Parts();

    [GeneratedRegex(@"^#?(?<number>\d{1,15})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();

    private SearchText(string text) => Text = text;

    public string Text { get; }

    /// <summary>A ticket of this number is a hit too.</summary>
    public string? Number => Numbers().Match(Text) is { Success: true } found ? found.Groups["number"].Value : null;

    /// <summary>What stands before the last word, where that word may go on: it is being typed.</summary>
    public (string Before, string Last)? Typing
    {
        get
        {
            var parts = Parts().Matches(Text);
            if (parts.Count == 0 || parts[^1] is not { Value: { Length: >= 2 } last } end || !last.All(char.IsLetterOrDigit)) return null;
            return parts.Count > 1 && IsOr(parts[^2].Value) ? null : (Text[..end.Index], last);
        }
    }

    /// <summary>Plain words of four letters and more, which may be misspelled.</summary>
    public IEnumerable<Match> Words => Parts().Matches(Text).Where(p => p.Length >= 4 && p.Value.All(char.IsLetter));

    private static bool IsOr(string part) => part.Equals("or", StringComparison.OrdinalIgnoreCase);

    public static Outcome<SearchText> Of(string? typed)
    {
        if (new Check().Text("q", "The search text", typed, 1, MostCharacters).Refusal is { } refusal) return refusal;
        var text = typed!.Trim();
        var parts = Parts().Matches(text).Select(p => p.Value).Where(p => IsOr(p) || p.Any(char.IsLetterOrDigit)).ToArray();
        var without = parts.Count(p => p.StartsWith('-'));
        // "Everything but": there is no index for that, and nobody reads the answer.
        if (without > 0 && (without == parts.Length || parts.Any(IsOr))) return Refusal.Invalid("q", "Say what should be there, not only what should not.");
        return new SearchText(text);
    }

    /// <summary>False for signs alone, which nothing is found by.</summary>
    public bool HasWords => Text.Any(char.IsLetterOrDigit);

    public SearchText With(Match word, string other) => new($"{Text[..word.Index]}{other}{Text[(word.Index + word.Length)..]}");
}
