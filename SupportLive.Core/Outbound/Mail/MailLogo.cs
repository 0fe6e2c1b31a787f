using System.Text.Json.Serialization;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>The picture at the head of mails. It travels inside each of them: nothing is fetched from anywhere when somebody reads.</summary>
/// <param name="Picture">The file itself; null for the name in letters.</param>
public sealed record MailLogo(byte[]? Picture)
{
    /// <summary>Bytes; it goes along with every mail.</summary>
    public const int Most = 64 * 1024;

    private const string Here = "cid:logo";

    public static SettingKey<MailLogo> Key { get; } = new("mail-logo", new(null as byte[])) { Recorded = logo => logo.Picture is { } p ? $"{logo.MediaType}, {p.Length} bytes" : "none" };

    [JsonIgnore]
    public string MediaType => IsPng(Picture) ? "image/png" : "image/jpeg";

    internal MailAttachment? File => Picture is { } bytes ? new("logo", MediaType, bytes) : null;

    /// <summary>The address of the picture for a page.</summary>
    [JsonIgnore]
    public string? Address => Picture is { } bytes ? $"data:{MediaType};base64,{Convert.ToBase64String(bytes)}" : null;

    internal static string Image(string brand) => $"<img src=\"{Here}\" alt=\"{MailMarkup.Escaped(brand)}\" height=\"36\" style=\"height:36px;width:auto;border:0\">";

    /// <summary>A mail as a page can show it. Without a picture by now, its words stand there.</summary>
    internal string Shown(string html) => html.Replace($"src=\"{Here}\"", $"src=\"{Address}\"", StringComparison.Ordinal);

    private static bool IsPng(byte[]? bytes) => bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    private static bool IsJpeg(byte[]? bytes) => bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    /// <summary>From now on, for all mails; null takes it away. Refused as invalid what is too big or neither PNG nor JPEG, and as <see cref="Settings.Put"/>.</summary>
    public static async Task<Outcome<Setting<MailLogo>>> Set(Settings settings, Actor actor, byte[]? picture, CancellationToken ct)
    {
        if (actor.May(Permissions.SettingsManage) && picture is not null)
        {
            if (picture.Length > Most) return Refusal.Invalid("picture", $"A logo has at most {Most / 1024} kB; it goes along with every mail.");
            if (!IsPng(picture) && !IsJpeg(picture)) return Refusal.Invalid("picture", "A logo is a PNG or a JPEG picture.");
        }

        return await settings.Put(actor, Key, new MailLogo(picture), null, ct);
    }
}
