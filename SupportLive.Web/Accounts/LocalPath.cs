namespace SupportLive.Web.Accounts;

/// <summary>Where to go after logging in: only to a place on this site, whatever the address bar says.</summary>
public static class LocalPath
{
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) && !path.StartsWith("/account/", StringComparison.OrdinalIgnoreCase) ? path : otherwise;
}
