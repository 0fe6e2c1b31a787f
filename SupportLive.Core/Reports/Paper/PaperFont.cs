namespace SupportLive.Core.Reports.Paper;

/// <summary>The machine's font for printed reports: one that knows many scripts where there is one.</summary>
public static class PaperFont
{
    /// <summary>Where Debian, Fedora, Arch, Alpine, Homebrew and macOS keep them; the first that is there is used.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans.ttf",
        "/opt/homebrew/share/fonts/DejaVuSans.ttf", "/Library/Fonts/DejaVuSans.ttf", Home("Library/Fonts/DejaVuSans.ttf"), Home(".local/share/fonts/DejaVuSans.ttf"), Home(".fonts/DejaVuSans.ttf"),
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf", "/usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf",
        "/usr/share/fonts/TTF/LiberationSans-Regular.ttf", "/System/Library/Fonts/Supplemental/Arial.ttf",
    ];

    private static string Home(string path) => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path);

    /// <summary>The file of the regular face, or null where this machine has none of them.</summary>
    public static string? Find(IEnumerable<string>? places = null) => (places ?? Places).FirstOrDefault(File.Exists);

    /// <summary>The regular and the bold face; a missing bold one is the regular one again.</summary>
    internal static (TrueType Regular, TrueType Bold) Load(string regular)
    {
        var bold = new[] { regular.Replace("-Regular.ttf", "-Bold.ttf", StringComparison.Ordinal), regular.Replace("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", StringComparison.Ordinal), regular.Replace("Arial.ttf", "Arial Bold.ttf", StringComparison.Ordinal) }
            .FirstOrDefault(path => path != regular && File.Exists(path)) ?? regular;
        return (new TrueType(File.ReadAllBytes(regular)), new TrueType(File.ReadAllBytes(bold)));
    }
}
