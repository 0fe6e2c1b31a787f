using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// A raw mail, as far as answers need it: headers, the first plain text, and the names of what is attached. Small on purpose: what it does not
/// understand it does not guess at.
/// </summary>
public sealed partial class MimeMail
{
    private const int MostParts = 50;
    private const int Deepest = 6;

    private readonly List<(string Name, string Value)> headers;
    private readonly List<string> attached = [];
    private int parts;

    static MimeMail() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private MimeMail(string raw)
    {
        (headers, var body) = Split(raw);
        Text = PlainText(headers, body, 0);
    }

    /// <summary>Never throws on what somebody sends; a broken mail has no text.</summary>
    public static MimeMail Parse(byte[] raw) => new(Encoding.Latin1.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal));

    /// <summary>Null when there is no plain text in it.</summary>
    public string? Text { get; }

    public IReadOnlyList<string> Attached => attached;

    public string? Header(string name) => headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The one address that it is from; null when there is none, or more than one.</summary>
    public string? From => headers.Count(h => h.Name.Equals("From", StringComparison.OrdinalIgnoreCase)) == 1 && Addresses("From") is [var one] ? one : null;

    public IReadOnlyList<string> Recipients => [.. Addresses("To").Concat(Addresses("Cc")).Concat(Addresses("Delivered-To")).Concat(Addresses("X-Original-To"))];

    private List<string> Addresses(string name)
    {
        var found = new MailAddressCollection();
        foreach (var header in headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            try
            {
                found.Add(header.Value);
            }
            catch (FormatException)
            {
                return []; // half of a broken list is a guess
            }
        }

        return [.. found.Select(a => a.Address)];
    }

    private static (List<(string, string)> Headers, string Body) Split(string raw)
    {
        var end = raw.StartsWith('\n') ? 0 : raw.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = end < 0 ? (raw, "") : (raw[..end], raw[Math.Min(raw.Length, end + 2)..]);
        var found = new List<(string, string)>();
        foreach (var line in head.Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) found.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        return (found, body);
    }

    private string? PlainText(List<(string Name, string Value)> of, string body, int depth)
    {
        if (++parts > MostParts || depth > Deepest) return null;
        var type = Value(of, "Content-Type") ?? "text/plain";
        var name = Parameter(Value(of, "Content-Disposition") ?? "", "filename") ?? Parameter(type, "name");
        if (name is not null || Value(of, "Content-Disposition")?.StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true)
        {
            attached.Add(SmtpPost.OneLine(name ?? "without a name"));
            return null;
        }

        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && Parameter(type, "boundary") is { Length: > 0 } boundary)
        {
            string? text = null;
            foreach (var part in Parts(body, boundary))
            {
                var (inner, content) = Split(part);
                var found = PlainText(inner, content, depth + 1);
                text ??= found;
            }

            return text;
        }

        return type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ? Decoded(body, Value(of, "Content-Transfer-Encoding"), Parameter(type, "charset")) : null;
    }

    private static IEnumerable<string> Parts(string body, string boundary)
    {
        var pieces = ("\n" + body).Split("\n--" + boundary);
        return pieces.Skip(1).TakeWhile(p => !p.StartsWith("--", StringComparison.Ordinal)).Select(p => p.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var line ? p[(line + 1)..] : "");
    }

    private static string? Value(List<(string Name, string Value)> of, string name) => of.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string? Parameter(string value, string name) =>
        ParameterOf().Matches(value).FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Groups["quoted"].Success ? found.Groups["quoted"].Value : found.Groups["plain"].Value : null;

    [GeneratedRegex("""; *(?<name>[\w-]+) *= *(?:"(?<quoted>[^"]*)"|(?<plain>[^\s;]+))""", RegexOptions.ExplicitCapture)]
    private static partial Regex ParameterOf();

    private static string? Decoded(string body, string? encoding, string? charset)
    {
        try
        {
            var bytes = encoding?.Trim().ToLowerInvariant() switch
            {
                "base64" => Convert.FromBase64String(body),
                "quoted-printable" => Unquoted(body),
                _ => Encoding.Latin1.GetBytes(body),
            };
            return Encoding.GetEncoding(charset ?? "utf-8").GetString(bytes);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static byte[] Unquoted(string body)
    {
        var text = body.Replace("=\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>(text.Length);
        for (var n = 0; n < text.Length; n++)
        {
            if (text[n] == '=' && n + 2 < text.Length && byte.TryParse(text.AsSpan(n + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var octet))
            {
                bytes.Add(octet);
                n += 2;
            }
            else bytes.Add((byte)text[n]);
        }

        return [.. bytes];
    }
}
