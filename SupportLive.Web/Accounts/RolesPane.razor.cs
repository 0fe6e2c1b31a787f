using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Accounts;

/// <summary>Who may do what, as a grid.</summary>
public sealed partial class RolesPane(RoleQueries queries, RoleActions actions, DialogService dialogs) : LivePane
{
    private readonly RolesState state = new();
    private string? name;
    private string like = Roles.Agent;
    private bool acting;
    private Refusal? refusal;
    private Refusal? newRefusal;

    private bool Locked => !Ready || acting;

    protected override async Task Load()
    {
        Listen(Topic.Roles);
        Listen(Topic.Doors); // how many hold each
        state.Load((await queries.All(Me, Gone)).Value ?? []);
    }

    protected override ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is RoleChanged or AccessChanged) _ = Soon(Load);
        return new(false);
    }

    private static string People(RoleView role) => role.Holders == 1 ? "1 person" : $"{role.Holders:N0} people";

    // Nobody changes a role that may more than they, or gives what they do not have.
    private bool MayChange(RoleView role, string permission) => Me.May(permission) && role.Permissions.All(Me.May);

    private void Toggle(RoleView role, string permission)
    {
        refusal = null;
        state.Toggle(role, permission);
    }

    private void Undo()
    {
        refusal = null;
        state.Undo();
    }

    private async Task Save()
    {
        var changed = state.Roles.Where(r => state.Touched.Contains(r.Name)).ToArray();
        var people = changed.Sum(r => r.Holders);
        if (people > 0 && !await dialogs.Confirm("Change what these roles allow?", $"{string.Join(", ", changed.Select(r => r.Name))}: for {(people == 1 ? "one person" : $"{people:N0} people")}, within seconds. Their open pages load again; nobody has to log in anew.", "Save roles")) return;
        (acting, refusal) = (true, null);
        foreach (var role in changed)
        {
            var (permissions, version) = state.Change(role.Name);
            var saved = await Act(actor => actions.Put(actor, role.Name, permissions, version, CancellationToken.None), quiet: true);
            if (saved.Refusal is { } no) refusal = no with { Message = $"{role.Name}: {no.Message}" };
            if (saved.Ok || saved.Refusal.Code == Core.Data.Settings.Stale.Code) state.Forget(role.Name); // what stands now is shown
        }

        acting = false;
        await Load();
        if (refusal is null) Tell("The roles are saved.");
    }

    private async Task Create()
    {
        var wanted = state.Roles.FirstOrDefault(r => r.Name == like)?.Permissions ?? [];
        acting = true;
        var made = await Act(actor => actions.Put(actor, name?.Trim(), wanted, 0, CancellationToken.None), quiet: true);
        (acting, newRefusal) = (false, made.Refusal is { Code: "stale_version" } ? Refusal.Invalid("name", "There is a role of this name already.") : made.Refusal);
        if (!made.Ok) return;
        Tell($"The role {made.Value.Name} is there; tick what it allows.");
        name = null;
        await Load();
    }

    private async Task Delete(RoleView role)
    {
        if (!await dialogs.Confirm("Delete this role?", $"“{role.Name}” is gone for good. Nobody has it.", "Delete role")) return;
        acting = true;
        await Act(actor => actions.Delete(actor, role.Name, CancellationToken.None));
        acting = false;
        await Load();
    }
}
