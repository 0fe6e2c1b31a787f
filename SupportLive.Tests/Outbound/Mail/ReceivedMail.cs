using System.Text;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>A mail as the server got it.</summary>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Raw)
{
    private string Head => Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];

    /// <summary>All headers of the whole mail, unfolded, in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers =>
        [.. Head.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n").Select(l => (l[..l.IndexOf(':', StringComparison.Ordinal)], l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()))];

    public string? Header(string name) => Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => Decoded(h.Value)).SingleOrDefault();

    public string Subject => Header("Subject")!;

    public string Text => Part("text/plain");

    public string Html => Part("text/html");

    private string Part(string type)
    {
        var boundary = Header("Content-Type")!.Split("boundary=")[1].Trim('"').Split(';')[0];
        var part = Raw.Split("--" + boundary).Single(p => p.Contains($"Content-Type: {type}", StringComparison.OrdinalIgnoreCase));
        return Encoding.UTF8.GetString(Convert.FromBase64String(part[part.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]));
    }

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
