using Microsoft.AspNetCore.Components;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Accounts;

public sealed partial class InvitePage(AccountActions accounts, NavigationManager navigation, KnownBrowsers browsers)
{
    private string? email;
    private Refusal? refusal;

    [CascadingParameter] public HttpContext HttpContext { get; set; } = null!;

    [SupplyParameterFromQuery] public string? User { get; set; }

    [SupplyParameterFromQuery] public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "invite")] public InviteForm Form { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var invited = await accounts.Invited(User, Token, HttpContext.RequestAborted);
        email = invited.Value?.Email;
        Form ??= new() { DisplayName = invited.Value?.DisplayName };
    }

    private async Task Accept()
    {
        var accepted = await accounts.Accept(User, Token, Form.DisplayName, Form.Password, HttpContext.From(), HttpContext.RequestAborted);
        refusal = accepted.Refusal;
        if (!accepted.Ok) return;
        await HttpContext.LogIn(accepted.Value, remember: false);
        browsers.Knows(HttpContext, accepted.Value.Actor.Id);
        navigation.NavigateTo("/");
    }
}

public sealed class InviteForm
{
    public string? DisplayName { get; set; }

    public string? Password { get; set; }
}
