using Microsoft.AspNetCore.Components;
using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Accounts;

/// <summary>One person: roles, what they can take, and the way in and out.</summary>
public sealed partial class PersonPane(AccountQueries queries, AccountActions accounts, DialogService dialogs) : LivePane
{
    private readonly HashSet<string> wanted = new(StringComparer.Ordinal);
    private UserView? user;
    private Invite? invite;
    private Refusal? refusal;
    private bool changed;
    private bool acting;
    private bool gone;

    [Parameter, EditorRequired] public Guid Id { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<RoleView> AllRoles { get; set; } = [];

    [Parameter] public EventCallback OnClose { get; set; }

    private bool Locked => !Ready || acting;

    private bool WorksOnTickets => user is { Disabled: false } && AllRoles.Any(r => user.Roles.Contains(r.Name) && r.Permissions.Contains(Permissions.TicketsWork));

    protected override async Task Load()
    {
        Listen(Topic.Account(Id));
        user = (await queries.Find(Me, Id, Gone)).Value;
        gone = user is null;
        if (!changed) Undo();
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not AccessChanged { AccountId: var id } || id != Id) return false;
        var before = user;
        await Load();
        if (changed && !acting && before is not null && user is not null && !before.Roles.SequenceEqual(user.Roles, StringComparer.Ordinal))
            refusal = Refusal.Conflict("stale_version", $"Somebody has changed the roles meanwhile. They are now: {string.Join(", ", user.Roles)}. Saving changes them again.");
        return true;
    }

    private void Toggle(string role)
    {
        if (!wanted.Remove(role)) wanted.Add(role);
        (changed, refusal) = (user is not null && !wanted.SetEquals(user.Roles), null);
    }

    private void Undo()
    {
        (changed, refusal) = (false, null);
        wanted.Clear();
        wanted.UnionWith(user?.Roles ?? []);
    }

    private async Task SaveRoles()
    {
        if (user is null || !changed) return;
        var saved = await Run(actor => accounts.SetRoles(actor, Id, wanted.ToArray(), CancellationToken.None), quiet: true);
        refusal = saved.Refusal;
        if (!saved.Ok) return;
        changed = false;
        await Load();
        Tell($"{user.DisplayName} has new roles.");
    }

    private async Task<Outcome<T>> Run<T>(Func<Actor, Task<Outcome<T>>> act, bool quiet = false)
    {
        acting = true;
        var outcome = await Act(act, quiet);
        acting = false;
        return outcome;
    }

    private async Task InviteAgain() => invite = (await Run(actor => accounts.InviteAgain(actor, Id, CancellationToken.None))).Value;

    private async Task LogOut()
    {
        if (!await dialogs.Confirm("Log out everywhere?", $"All pages, apps and devices of {user!.DisplayName} are logged out within seconds. What is being typed there is kept where it can be.", "Log out everywhere")) return;
        if ((await Run(actor => accounts.LogOutEverywhere(actor, Id, CancellationToken.None))).Ok) Tell($"{user.DisplayName} is logged out everywhere.");
    }

    private async Task Disable()
    {
        if (!await dialogs.Confirm("Disable this account?", $"{user!.DisplayName} is logged out everywhere and cannot log in until somebody enables the account again. Tickets stay as they are.", "Disable account")) return;
        if ((await Run(actor => accounts.Disable(actor, Id, CancellationToken.None))).Ok) Tell($"{user.DisplayName} is disabled.");
    }

    private async Task Enable()
    {
        if ((await Run(actor => accounts.Enable(actor, Id, CancellationToken.None))).Ok) Tell($"{user!.DisplayName} can log in again.");
    }
}
