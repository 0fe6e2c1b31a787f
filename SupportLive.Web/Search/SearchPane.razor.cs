using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Search;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Search;

/// <summary>The search box in the bar: results while one types, chosen with arrows and Enter; a hit opens at its message, and what the page can do stands below.</summary>
public sealed partial class SearchPane(SearchQueries search, IJSRuntime js) : LivePane
{
    private const int Shown = 12;
    private const int Offered = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(160);

    private string text = "";
    private SearchPage? page;
    private Refusal? refusal;
    private bool open;
    private int at = -1;
    private int asked;
    private int answered;
    private bool entered;
    private IReadOnlyList<PageAct> known = [];
    private IJSObjectReference? module;

    private int Hits => page?.Items.Count ?? 0;

    private IReadOnlyList<PageAct> Acts => text.Length == 0 ? [] : [.. known.Where(a => a.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(Offered)];

    private string Said => refusal is not null ? refusal.Message
        : page is null ? "Searching…"
        : page.Items.Count == 0 ? $"Nothing found for “{text}”."
        : page.Corrected is { } corrected ? $"Nothing found for “{text}”. This is for “{corrected}”."
        : page.NextCursor is null ? $"{page.Items.Count} found" : $"The newest {page.Items.Count}; type more to see fewer";

    protected override Task Load() => Task.CompletedTask;

    protected override ValueTask<bool> Apply(LiveEvent happened) => new(false);

    // Only the last keystroke of a burst is asked, and only the answer to what stands in the box is shown.
    private async Task Typed(ChangeEventArgs typed)
    {
        text = (typed.Value?.ToString() ?? "").Trim();
        var mine = ++asked;
        var opens = !open && text.Length > 0;
        (open, entered) = (text.Length > 0, false);
        if (!open) return;
        if (opens) known = await Look();
        await Task.Delay(Pause, Time, CancellationToken.None);
        if (mine != asked) return;
        var found = await Act(actor => search.Search(actor, text, Shown, null, Gone), quiet: true);
        if (mine != asked) return;
        (page, refusal, at, answered) = (found.Value, found.Refusal, -1, mine);
        if (entered) Go();
    }

    // What the page in front can do now, and where its reader may go.
    private async Task<IReadOnlyList<PageAct>> Look()
    {
        module ??= await js.InvokeAsync<IJSObjectReference>("import", "./Search/SearchPane.razor.js");
        return [.. await module.InvokeAsync<PageAct[]>("acts") ?? [], .. Places.For(Me).Select(p => new PageAct(p.Name, "", p.Path))];
    }

    private async Task Do(PageAct act)
    {
        Close();
        if (act.Path is { } path) Navigation.NavigateTo(path);
        else await module!.InvokeVoidAsync("act", act.Key);
    }

    private async Task Key(KeyboardEventArgs key)
    {
        var last = Hits + Acts.Count - 1;
        switch (key.Key)
        {
            case "ArrowDown": at = Math.Min(at + 1, last); break;
            case "ArrowUp": at = Math.Max(at - 1, -1); break;
            case "Escape": Close(); break;
            case "Enter" when open && at >= Hits && Acts.Count > 0: await Do(Acts[at - Hits]); break;
            case "Enter" when open && answered == asked: Go(); break;
            case "Enter": entered = open; break; // what is shown is of an earlier keystroke: it opens when the answer to this one is there
        }
    }

    private void Go()
    {
        if (page is not { Items: { Count: > 0 } items }) return;
        Navigation.NavigateTo(Href(items[Math.Max(at, 0)]));
        Close();
    }

    private void Close() => (open, at, entered) = (false, -1, false);

    private string Href(SearchHit hit) => Places.Ticket(Me, hit.Number) + (hit.Kind switch { Wire.Message => $"?at={hit.Seq}", Wire.Note => $"?note={hit.Seq}", _ => "" });
}

/// <summary>Something that the page can do, under the key that does it, or a place to go to.</summary>
public sealed record PageAct(string Name, string Key, string? Path = null);
