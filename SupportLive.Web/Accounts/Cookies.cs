using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using SupportLive.Core.Accounts;

namespace SupportLive.Web.Accounts;

/// <summary>The browser's log-in. The cookie names the account; rights are looked up at every use, as with tokens.</summary>
public static class Cookies
{
    public const string SchemeName = CookieAuthenticationDefaults.AuthenticationScheme;

    public static Task LogIn(this HttpContext context, Access access, bool remember) => context.SignInAsync(
        SchemeName, Principals.From(access, SchemeName), new AuthenticationProperties { IsPersistent = remember });

    internal static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "supportlive";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = "/account/login";
        options.AccessDeniedPath = "/account/denied";
        options.Events.OnValidatePrincipal = Validate;
        options.Events.OnRedirectToLogin = c => Answer(c, 401);
        options.Events.OnRedirectToAccessDenied = c => Answer(c, 403);
    }

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var actors = context.HttpContext.RequestServices.GetRequiredService<Actors>();
        var principal = context.Principal;
        var access = await actors.StillValid(principal?.AccountId()?.ToString(), principal?.FindFirst(Principals.Stamp)?.Value, context.HttpContext.RequestAborted);
        if (access is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(SchemeName);
            return;
        }

        context.HttpContext.Remember(access);
        context.ReplacePrincipal(Principals.From(access, SchemeName, address: context.HttpContext.From()));
    }

    // People are sent to a page; programs get a status.
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)) context.Response.StatusCode = status;
        else context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
