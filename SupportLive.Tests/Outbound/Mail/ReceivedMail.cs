using System.Text;
using System.Text.RegularExpressions;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>A mail as the server got it.</summary>
public sealed partial record ReceivedMail(string From, IReadOnlyList<string> To, string Raw)
{
    private string Head => Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];

    /// <summary>All headers of the whole mail, unfolded, in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers =>
        [.. Head.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n").Select(l => (l[..l.IndexOf(':', StringComparison.Ordinal)], l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))];

    public string? Header(string name) => Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => Decoded(h.Value)).SingleOrDefault();

    public string Subject => Header("Subject")!;

    public string Text => Part("text/plain");

    public string Html => Part("text/html");

    private string Part(string type) => Encoding.UTF8.GetString(Parts.Single(p => p.Type == type && p.Name.Length == 0).Bytes);

    /// <summary>The files that came with it.</summary>
    public IReadOnlyList<(string Name, string Type, byte[] Bytes)> Attachments => [.. Parts.Where(p => p.Name.Length > 0)];

    // Whatever stands between boundaries and is not itself made of parts; parts may stand in parts.
    private IEnumerable<(string Name, string Type, byte[] Bytes)> Parts =>
        from part in Raw.Split([.. Boundary().Matches(Raw).Select(m => "--" + m.Groups["boundary"].Value).Distinct(StringComparer.Ordinal)], StringSplitOptions.None).Skip(1)
        let end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal)
        where end > 0
        let head = part[..end]
        where !head.Contains("multipart/", StringComparison.OrdinalIgnoreCase)
        select (FileName().Match(head).Groups["name"].Value, Type().Match(head).Groups["type"].Value.ToLowerInvariant(), Convert.FromBase64String(part[end..]));

    [GeneratedRegex(@"boundary=""?(?<boundary>[^"";\r\n]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"filename=""?(?<name>[^"";\r\n]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();

    [GeneratedRegex(@"Content-Type: *(?<type>[^;\r\n]+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Type();

    // =?utf-8?B?...?= as the sender writes it, several of them for a long line.
    private static string Decoded(string value)
    {
        var words = value.Split(' ');
        if (!words.Any(w => w.StartsWith("=?utf-8?B?", StringComparison.OrdinalIgnoreCase))) return value;
        var bytes = new List<byte>();
        var rest = new List<string>();
        foreach (var word in words)
        {
            if (word.StartsWith("=?utf-8?B?", StringComparison.OrdinalIgnoreCase) && word.EndsWith("?=", StringComparison.Ordinal)) bytes.AddRange(Convert.FromBase64String(word[10..^2]));
            else rest.Add(word);
        }

        return string.Join(' ', [Encoding.UTF8.GetString([.. bytes]), .. rest]);
    }
}
