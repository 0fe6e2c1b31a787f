using Microsoft.AspNetCore.Components;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Accounts;

public sealed partial class ResetPasswordPage(AccountActions accounts, NavigationManager navigation, KnownBrowsers browsers)
{
    private string? email;
    private Refusal? refusal;

    [CascadingParameter] public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery] public string? User { get; set; }

    [SupplyParameterFromQuery] public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "reset")] public ResetForm Form { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new();
        email = (await accounts.MayReset(User, Token, HttpContext.RequestAborted)).Value?.Email;
    }

    private async Task Reset()
    {
        var set = await accounts.ResetPassword(User, Token, Form.Password, HttpContext.From(), HttpContext.RequestAborted);
        refusal = set.Refusal;
        if (refusal is { Fields: null }) email = null;
        if (!set.Ok) return;
        await HttpContext.LogIn(set.Value, remember: false);
        browsers.Knows(HttpContext, set.Value.Actor.Id);
        navigation.NavigateTo("/");
    }
}

public sealed class ResetForm
{
    public string? Password { get; set; }
}
