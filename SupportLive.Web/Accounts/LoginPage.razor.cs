using Microsoft.AspNetCore.Components;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Accounts;

public sealed partial class LoginPage(AccountActions accounts, NavigationManager navigation, DemoMode demo, KnownBrowsers browsers)
{
    private Refusal? refusal;

    [CascadingParameter] public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "login")] public LoginForm Form { get; set; } = null!;

    private DemoMode Demo => demo;

    private string Return => ReturnUrl is null ? "" : $"?ReturnUrl={Uri.EscapeDataString(ReturnUrl)}";

    protected override void OnInitialized() => Form ??= new();

    private async Task LogIn()
    {
        var outcome = await accounts.LogIn(Form.Email, Form.Password, HttpContext.From(), HttpContext.RequestAborted);
        refusal = outcome.Refusal;
        if (!outcome.Ok) return;
        await HttpContext.LogIn(outcome.Value, Form.Remember);
        if (!browsers.Knows(HttpContext, outcome.Value.Actor.Id)) await accounts.TellOfNewBrowser(outcome.Value.Actor.Id, KnownBrowsers.Words(HttpContext), HttpContext.RequestAborted);
        navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/"));
    }
}

public sealed class LoginForm
{
    public string? Email { get; set; }

    public string? Password { get; set; }

    public bool Remember { get; set; }
}
