using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SupportLive.Web.Accounts;

/// <summary>Which accounts have logged in from a browser before. The browser says so itself, in a cookie that only this installation can write and read.</summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    private const string Cookie = "supportlive-known";
    private const int Most = 10;

    private readonly IDataProtector protector = protection.CreateProtector("SupportLive.KnownBrowsers");

    /// <summary>Whether it did; from now on it has.</summary>
    public bool Knows(HttpContext context, Guid account)
    {
        var known = Read(context);
        if (known.Contains(account)) return true;
        context.Response.Cookies.Append(Cookie, protector.Protect(string.Join(',', known.TakeLast(Most - 1).Append(account).Select(id => id.ToString("N")))), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
            Path = "/account",
        });
        return false;
    }

    private List<Guid> Read(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[Cookie] is { Length: > 0 and < 2000 } said ? [.. protector.Unprotect(said).Split(',').Select(Guid.Parse)] : [];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>The browser in words: made of what is known, never of what it says of itself.</summary>
    public static string Words(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return $"{First(agent, ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")) ?? "a browser"} on {First(agent, ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "a Mac"), ("Linux", "Linux")) ?? "some device"}";
    }

    private static string? First(string agent, params ReadOnlySpan<(string Mark, string Name)> known)
    {
        foreach (var (mark, name) in known)
        {
            if (agent.Contains(mark, StringComparison.Ordinal)) return name;
        }

        return null;
    }
}
