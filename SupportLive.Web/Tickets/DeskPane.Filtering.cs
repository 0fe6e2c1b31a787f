using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using SupportLive.Core.Assignment;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>Filters and order of the desk's lists. They live in the address, so that a list can be sent to a colleague and the back button goes back.</summary>
public sealed partial class DeskPane
{
    private TicketListState? filtered;
    private string? applied;
    private string? narrowed;
    private IReadOnlyDictionary<string, string> words = new Dictionary<string, string>(StringComparer.Ordinal);
    private string? cursor;
    private IReadOnlyList<SavedViewView> views = [];
    private IReadOnlyList<AgentView> colleagues = [];

    /// <summary>The address behind the question mark.</summary>
    [Parameter] public string Query { get; set; } = "";

    /// <summary>What a link to a ticket keeps of the address.</summary>
    private string Kept => chosen is null && words.Count == 0 ? "" : new QueryBuilder(words.Append(new("tab", Tab.ToLowerInvariant()))).ToString();

    protected override async Task OnParametersSetAsync()
    {
        if (!Ready || applied is null) return;
        if (Choose()) await Fill();
        else await Turn();
    }

    private async Task Fill()
    {
        if (filtered is not { } list) return;
        var page = await Read(list.Filter);
        list.Load(page.Items);
        if (list == filtered) cursor = page.NextCursor;
        Refresh();
    }

    // Whether the address says something else than before.
    private bool Choose()
    {
        if (applied == Query) return false;
        var first = applied is null;
        applied = Query;
        var asked = QueryHelpers.ParseQuery(Query);
        var tab = Array.Find(Tabs, t => t.Equals(asked.GetValueOrDefault("tab"), StringComparison.OrdinalIgnoreCase));
        if (tab is not null || !first) chosen = tab;
        words = TicketListQuery.Filters.Where(f => asked.TryGetValue(f, out var v) && v.ToString().Length > 0).ToDictionary(f => f, f => asked[f].ToString(), StringComparer.Ordinal);
        Narrow();
        return true;
    }

    // Offers are few and answered at once: they are shown as they are.
    private void Narrow()
    {
        var wanted = TicketListQuery.Parse(new QueryCollection(words.ToDictionary(w => w.Key, w => new Microsoft.Extensions.Primitives.StringValues(w.Value), StringComparer.Ordinal)), Me);
        filtered = words.Count > 0 && wanted.Ok && Tab != Offered ? Narrowed(Bare(Tab), wanted.Value) : null;
        (cursor, narrowed) = (null, Tab);
    }

    // Another list is shown than before, and not because somebody chose it: the filters go with the reader.
    private Task Turn()
    {
        if (narrowed == Tab) return Task.CompletedTask;
        Narrow();
        return Fill();
    }

    // What the tab shows anyway stays; a filter takes away from it.
    private TicketListState Narrowed(TicketListState list, TicketFilter wanted)
    {
        var sort = words.ContainsKey("sort") ? wanted.Sort : list.Filter.Sort;
        return new TicketListState(wanted with
        {
            Status = list.Filter.Status.Count == 0 ? wanted.Status : wanted.Status.Count == 0 ? list.Filter.Status : [.. wanted.Status.Intersect(list.Filter.Status).DefaultIfEmpty(list.Filter.Status[0])],
            Assignee = list.Filter.Assignee ?? wanted.Assignee,
            Sort = sort,
            Limit = 100,
        }, Me.Id, Orders.Of(sort));
    }

    private async Task More()
    {
        if (filtered is null || cursor is null) return;
        var page = await Read(filtered.Filter with { Cursor = cursor });
        filtered.Put(page.Items);
        cursor = page.NextCursor;
    }

    private string Shown => Kept.TrimStart('?');

    private async Task ReadColleagues() => colleagues = [.. ((await agents.List(Me, Gone)).Value ?? []).Where(a => a.Id != Me.Id).OrderBy(a => a.DisplayName, StringComparer.CurrentCulture)];

    private async Task ReadViews() => views = (await saved.All(Me, Gone)).Value ?? [];

    private Task Save((string Name, bool Shared) view) => Act(async actor =>
        TicketListQuery.Refuse(Shown, actor) is { } refusal ? refusal : await saved.Create(actor, view.Name, Shown, view.Shared, CancellationToken.None));

    private async Task<bool> Rename(SavedViewView view, string name) => (await Act(actor => saved.Change(actor, view.Id, name, view.Query, view.Shared, view.Version, CancellationToken.None))).Ok;

    private Task Delete(Guid id) => Act(actor => saved.Delete(actor, id, CancellationToken.None));

    private void Open(string tab)
    {
        chosen = tab;
        if (tab == Offered) foreach (var told in Toasts.Messages.Where(m => m.Payload is Guid).ToList()) Toasts.Messages.Remove(told); // here they are
        Go("tab", tab.ToLowerInvariant());
    }

    private void Go(string name, string value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["tab"] = Tab.ToLowerInvariant(),
        [name] = value.Length > 0 ? value : null,
    }));

    private void Clear() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(TicketListQuery.Filters.ToDictionary(f => f, _ => (object?)null, StringComparer.Ordinal)));
}
