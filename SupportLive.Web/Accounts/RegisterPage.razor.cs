using Microsoft.AspNetCore.Components;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Accounts;

public sealed partial class RegisterPage(AccountActions accounts, NavigationManager navigation, KnownBrowsers browsers)
{
    private Refusal? refusal;

    [CascadingParameter] public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "register")] public RegisterForm Form { get; set; } = null!;

    protected override void OnInitialized() => Form ??= new();

    private async Task Register()
    {
        var registered = await accounts.Register(Form.Email, Form.Password, Form.DisplayName, HttpContext.From(), HttpContext.RequestAborted);
        refusal = registered.Refusal;
        if (!registered.Ok) return;
        var access = await accounts.LogIn(Form.Email, Form.Password, HttpContext.From(), HttpContext.RequestAborted);
        if (access.Ok)
        {
            await HttpContext.LogIn(access.Value, remember: false);
            browsers.Knows(HttpContext, access.Value.Actor.Id);
        }

        navigation.NavigateTo(LocalPath.Or(ReturnUrl, "/"));
    }
}

public sealed class RegisterForm
{
    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? DisplayName { get; set; }
}
