using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Search;
using SupportLive.Web.Live;
using SupportLive.Web.Shell;

namespace SupportLive.Web.Search;

/// <summary>The search box in the bar: results while one types, chosen with arrows and Enter; a hit opens at its message.</summary>
public sealed partial class SearchPane(SearchQueries search) : LivePane
{
    private const int Shown = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(160);

    private string text = "";
    private SearchPage? page;
    private Refusal? refusal;
    private bool open;
    private int at = -1;
    private int asked;
    private int answered;
    private bool entered;

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
        (open, entered) = (text.Length > 0, false);
        if (!open) return;
        await Task.Delay(Pause, Time, CancellationToken.None);
        if (mine != asked) return;
        var found = await Act(actor => search.Search(actor, text, Shown, null, Gone), quiet: true);
        if (mine != asked) return;
        (page, refusal, at, answered) = (found.Value, found.Refusal, -1, mine);
        if (entered) Go();
    }

    private void Key(KeyboardEventArgs key)
    {
        var last = (page?.Items.Count ?? 0) - 1;
        switch (key.Key)
        {
            case "ArrowDown": at = Math.Min(at + 1, last); break;
            case "ArrowUp": at = Math.Max(at - 1, -1); break;
            case "Escape": Close(); break;
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
