using Microsoft.AspNetCore.Components;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;

namespace SupportLive.Web.Accounts;

/// <summary>Everybody who has an account, and one of them beside the list. What others change shows by itself.</summary>
public sealed partial class UsersPane(AccountQueries accounts, RoleQueries roles) : LivePane
{
    private readonly UsersState state = new();
    private string text = "";
    private string role = "";
    private Guid? chosen;
    private bool adding;
    private bool loaded;
    private int asked;
    private Refusal? refusal;

    private IReadOnlyList<RoleView> Roles { get; set; } = [];

    /// <summary>The role to begin with; null: all.</summary>
    [Parameter] public string? Role { get; set; }

    protected override void Restore() => role = Role ?? "";

    protected override async Task Load()
    {
        Listen(Topic.Doors);
        Listen(Topic.Roles);
        Roles = (await roles.All(Me, Gone)).Value ?? [];
        await Read();
    }

    // The last question wins, whatever order the answers come in.
    private async Task Read()
    {
        var question = ++asked;
        var page = await accounts.Page(Me, role, text, null, Gone);
        if (question != asked) return;
        (refusal, loaded) = (page.Refusal, true);
        if (page.Ok) state.Load(page.Value);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        switch (happened)
        {
            case AccessChanged { AccountId: var id } when state.Users.Any(u => u.Id == id):
                return (await accounts.Find(Me, id, Gone)).Value is { } now && state.Apply(now);
            case AccessChanged when !state.More: // somebody new, who comes behind the last one
                _ = Soon(ShowMore);
                return false;
            case RoleChanged: // what it allows; who has it is as before
                Roles = (await roles.All(Me, Gone)).Value ?? [];
                return true;
            default:
                return false;
        }
    }

    private Task Search(ChangeEventArgs e)
    {
        text = e.Value?.ToString() ?? "";
        return Read();
    }

    private Task Narrow(ChangeEventArgs e)
    {
        role = e.Value?.ToString() ?? "";
        return Read();
    }

    private async Task ShowMore()
    {
        var page = await accounts.Page(Me, role, text, state.Last, Gone);
        if (page.Ok) state.Append(page.Value);
    }

    private void Choose(Guid id) => (chosen, adding) = (id, false);

    private void Add() => (chosen, adding) = (null, true);

    private void Close() => (chosen, adding) = (null, false);

    private void Done(Guid? created) => (chosen, adding) = (created, false);
}
