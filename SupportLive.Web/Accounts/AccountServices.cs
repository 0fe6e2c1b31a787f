using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Accounts;

/// <summary>Who is at the door: cookie or bearer token, the policies, and the checks that cookies need.</summary>
public static class AccountServices
{
    private const string Either = "CookieOrBearer";

    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder, string dataFolder, bool isPrivate)
    {
        var key = AccessTokens.Key(builder.Configuration["Auth:SigningKey"], dataFolder, mayGenerate: isPrivate || !builder.Environment.IsProduction());
        builder.Services.AddSingleton(key).AddSingleton<AccessTokens>();
        builder.Services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = c => BearerHandler.Token(c.Request) is null ? Cookies.SchemeName : BearerHandler.SchemeName)
            .AddCookie(Cookies.SchemeName, Cookies.Configure)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);
        var policies = builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, p => p.RequireAuthenticatedUser())
            .AddPolicy(Policies.Anyone, p => p.RequireAssertion(_ => true));
        foreach (var permission in Permissions.All) policies.AddPolicy(permission, p => p.RequireAuthenticatedUser().RequireClaim(Permissions.ClaimType, permission));

        builder.Services.AddAntiforgery(o => o.HeaderName = "X-XSRF-TOKEN");
        builder.Services.AddDataProtection().SetApplicationName("SupportLive");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((o, keys) => o.XmlRepository = keys);
        builder.Services.AddCascadingAuthenticationState().AddScoped<CurrentActor>().AddSingleton<DemoMode>().AddSingleton<KnownBrowsers>();
        builder.Services.AddScoped<CircuitHandler, SeenCircuit>();
        builder.AddLimits();
        return builder;
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(RefuseForeignOrigins);
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Use(DemandAntiforgery);
    }

    // A socket is not held back by the browser's same-origin rule, so a page elsewhere could open one with the visitor's cookie.
    private static Task RefuseForeignOrigins(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isSocket = request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);
        if (!isSocket || BearerHandler.Token(request) is not null || request.Headers.Origin is not [{ } origin]) return next(context);
        if (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == new Uri($"{request.Scheme}://{request.Host}").Authority) return next(context);
        return ApiErrors.Write(context, Refusal.Forbidden("This page may not connect from another web site."));
    }

    // Bearer tokens are not sent by themselves, cookies are: unsafe calls with a cookie must prove that our own page made them.
    private static async Task DemandAntiforgery(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var unsafeCall = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);
        if (unsafeCall && request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && context.User.Identity?.AuthenticationType == Cookies.SchemeName
            && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            await ApiErrors.Write(context, new Refusal(RefusalKind.Invalid, "antiforgery", "Send the token of GET /api/antiforgery in the header X-XSRF-TOKEN, or use a bearer token."));
            return;
        }

        await next(context);
    }
}
