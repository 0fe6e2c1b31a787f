using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SupportLive.Core.Health;

/// <summary>
/// Takes out of what is written down, shown and sent to others: tokens, passwords, keys, addresses of people, and what people wrote. Text of
/// people has no mark to know it by, so values in a message are only kept when they look like a program's: a number, a time, one word.
/// </summary>
public static partial class Redaction
{
    private const string Gone = "…";
    private const string Reason = "Reason"; // our own name for what an exception says

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(?<name>pass(word|wd|phrase)?|pwd|secret|token|api[_-]?key|signing[_-]?key|authorization|cookie|credential)(?<between>[\w-]*[""']?\s*[=:]\s*(bearer\s+|basic\s+)?)[^\s;&,}""'][^\s;&,}]*", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"\b(?<scheme>bearer|basic)\s+[\w.~+/=-]{6,}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Schemes();

    [GeneratedRegex(@"(?<scheme>\b[a-z][a-z0-9+.-]*://)([^\s/?#@]*@)?(?<place>[^\s?#]*)(?<query>[?#]\S*)?", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Links();

    // Tokens and keys: long, without a break, and of letters and figures. Ids (36 with their dashes) and names of types stay.
    [GeneratedRegex(@"eyJ[\w-]+(\.[\w-]*)*|(?<![\w.])(?=[\w+/=-]*[0-9])(?=[\w+/=-]*[A-Za-z])(?!([0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})\b)[\w+/=-]{32,}", RegexOptions.ExplicitCapture)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"'[^'\r\n]*'|""[^""\r\n]*""|“[^”]*”|«[^»]*»|`[^`]*`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[\p{L}\p{N}_.:/\[\]<>+,*%#-]{0,120}$", RegexOptions.ExplicitCapture)]
    private static partial Regex OneWord();

    // Even one word of these may be somebody's.
    [GeneratedRegex("body|text|message|subject|content|description|comment|reply|note|query|search|address|email|display|customer|agent|user", RegexOptions.IgnoreCase)]
    private static partial Regex OfPeople();

    [GeneratedRegex(@"\{(?<name>@?\$?\w+)(,[^}:]*)?(:[^}]*)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Holes();

    /// <summary>For a program's own sentence: whatever looks like a secret or an address is taken out, and it stands on one line.</summary>
    public static string Secrets(string text)
    {
        text = Links().Replace(text, m => $"{m.Groups["scheme"].Value}{m.Groups["place"].Value}{(m.Groups["query"].Length > 0 ? "?" + Gone : "")}");
        text = Named().Replace(text, "${name}${between}" + Gone);
        text = Schemes().Replace(text, "${scheme} " + Gone);
        text = Tokens().Replace(text, Gone);
        text = Addresses().Replace(text, Gone);
        return OneLine(text);
    }

    /// <summary>As above, and without anything in quotation marks: that is where exceptions and statements carry values.</summary>
    public static string Sentence(string text) => Secrets(Quoted().Replace(text, m => $"{m.Value[0]}{Gone}{m.Value[^1]}"));

    /// <summary>A log record: its template, with those values that only a program writes.</summary>
    public static string Record<TState>(TState state, string formatted)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values || Template(values) is not { } template) return Sentence(formatted);
        return Secrets(Holes().Replace(template, hole => Value(hole.Groups["name"].Value, values)));
    }

    /// <summary>What a record says before its values are put in; null when it has no template.</summary>
    public static string? Template(IReadOnlyList<KeyValuePair<string, object?>> values) =>
        values.Count > 0 && values[^1] is { Key: "{OriginalFormat}", Value: string template } ? template : null;

    private static string Value(string name, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        foreach (var (key, value) in values)
        {
            if (key == name) return Kept(key, value);
        }

        return Gone;
    }

    /// <summary>One value of a record as it may be kept.</summary>
    public static string Kept(string name, object? value) => value switch
    {
        null => "",
        string text when name == Reason => Sentence(text),
        string text => OneWord().IsMatch(text) && !OfPeople().IsMatch(name) ? Secrets(text) : Gone,
        IFormattable and (byte or short or ushort or int or uint or long or ulong or float or double or decimal or Guid or Enum or DateTime or DateTimeOffset or TimeSpan) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        bool or Type or Uri { IsAbsoluteUri: false } => $"{value}",
        _ => $"{value}" is var text && OneWord().IsMatch(text) && !OfPeople().IsMatch(name) ? Secrets(text) : Gone,
    };

    /// <summary>What an exception and those inside it say, each with its type, on one line.</summary>
    public static string Exception(Exception error)
    {
        var said = new StringBuilder();
        for (var e = error; e is not null && said.Length < 1000; e = e.InnerException)
            said.Append(said.Length > 0 ? " <- " : "").Append(e.GetType().FullName).Append(": ").Append(Sentence(e.Message.Split('\n')[0]));
        return said.ToString();
    }

    /// <summary>Where in our own code it happened, innermost first, at most eight places; methods only.</summary>
    public static IReadOnlyList<string> Stack(Exception error) =>
    [
        .. error.ToString().Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("at SupportLive.", StringComparison.Ordinal)).Select(l => l[3..].Split(" in ")[0]).Distinct(StringComparer.Ordinal).Take(8),
    ];

    private static string OneLine(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 ? text : Controls().Replace(text, " ");

    [GeneratedRegex(@"[\x00-\x1f]+")]
    private static partial Regex Controls();
}
