using Microsoft.AspNetCore.Components;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Web.Live;

namespace SupportLive.Web.Tickets;

/// <summary>What tickets can be about.</summary>
public sealed partial class CategoriesPane(TicketQueries tickets, CategoryActions actions) : LivePane
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal); // typed and not saved yet
    private IReadOnlyList<CategoryView> all = [];
    private string? added;
    private bool acting;
    private Refusal? refusal;

    private bool Locked => !Ready || acting;

    protected override async Task Load()
    {
        Listen(Topic.Settings);
        all = await tickets.Categories(Gone);
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not SettingsChanged { Key: CategoryActions.Changed }) return false;
        await Load();
        return true;
    }

    private void Type(CategoryView one, ChangeEventArgs e)
    {
        var typed = e.Value?.ToString() ?? "";
        if (typed == one.Name) names.Remove(one.Key);
        else names[one.Key] = typed;
    }

    private async Task Rename(CategoryView one)
    {
        if (!names.TryGetValue(one.Key, out var name)) return;
        if (await Change(one, new(Name: name, Version: one.Version))) names.Remove(one.Key);
    }

    private Task Move(CategoryView one, int by) => Change(one, new(Position: all.ToList().IndexOf(one) + 1 + by, Version: one.Version));

    private Task Retire(CategoryView one) => Change(one, new(Retired: !one.Retired, Version: one.Version));

    private Task<bool> Change(CategoryView one, CategoryEdit edit) => Run(actor => actions.Change(actor, one.Key, edit, CancellationToken.None));

    private async Task Add()
    {
        if (await Run(actor => actions.Add(actor, null, added, CancellationToken.None))) added = null;
    }

    private async Task<bool> Run(Func<Actor, Task<Outcome<CategoryView>>> act)
    {
        if (acting) return false;
        acting = true;
        var outcome = await Act(act, quiet: true);
        (acting, refusal) = (false, outcome.Refusal);
        await Load();
        return outcome.Ok;
    }
}
