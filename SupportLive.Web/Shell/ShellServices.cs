using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Radzen;
using SupportLive.Web.Accounts;
using SupportLive.Web.Chat;
using SupportLive.Web.Outbound;
using SupportLive.Web.Tickets;

namespace SupportLive.Web.Shell;

/// <summary>The pages, what they are made of, and logging out.</summary>
public static class ShellServices
{
    /// <summary>Bytes of one message from a page: a page's restored state is the longest; a description of 10,000 characters fits many times.</summary>
    private const int PageMessage = 2_000_000;

    public static WebApplicationBuilder AddShell(this WebApplicationBuilder builder)
    {
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true"; // a route of a build, and only there, without a policy
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(o => o.MaximumReceiveMessageSize = PageMessage);
        builder.Services.AddLeanInterop();
        builder.Services.AddRadzenComponents().AddSingleton<CategoryNames>().AddSingleton<Colleagues>().AddSingleton<TicketDoor>().AddSingleton<SharedRows>().AddScoped<Attention>();
        return builder;
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().RequireAuthorization(Policies.Anyone);
        app.MapPost("/account/logout", LogOut).RequireAuthorization(Policies.Anyone).ExcludeFromDescription();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization(Policies.Anyone);
    }

    private static async Task<IResult> LogOut(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.Redirect("/");
        await context.SignOutAsync(Cookies.SchemeName);
        return Results.Redirect("/account/login");
    }
}
