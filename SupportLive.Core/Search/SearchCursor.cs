using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SupportLive.Core.Search;

/// <summary>Where a page of hits ended, opaque to clients.</summary>
/// <param name="Corrected">The pages are those of the corrected text.</param>
internal readonly record struct SearchCursor(DateTimeOffset At, long Id, bool Corrected)
{
    /// <summary>Before everything.</summary>
    public static SearchCursor Top { get; } = new(new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), long.MaxValue, false);

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{Id}.{(Corrected ? 1 : 0)}")));

    public static SearchCursor? Parse(string text)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new SearchCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id, parts[2] == "1")
            : null;
    }
}
