using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>
/// Tags as chips, and a box for more. What is being typed belongs to the browser's module: who types faster than the line is long must
/// not lose the letters behind a comma.
/// </summary>
public sealed partial class TagInput(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference box;
    private string? wrong;
    private DotNetObjectReference<TagInput>? self;
    private IJSObjectReference? typing;

    [Parameter] public string Id { get; set; } = "tags";

    [Parameter] public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>One or more, separated by commas.</summary>
    [Parameter] public EventCallback<string> OnAdd { get; set; }

    [Parameter] public EventCallback<string> OnRemove { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        self = DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./Tickets/TagInput.razor.js");
        typing = await module.InvokeAsync<IJSObjectReference>("attach", box, self);
        StateHasChanged(); // opens the box: an Enter that nobody heard would save the form without the tag
    }

    /// <summary>Answers with what is not taken and stays in the box, with the reason beside it: who types a tag is told at once and not when saving.</summary>
    [JSInvokable]
    public async Task<string> Add(string text)
    {
        var words = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).Except(Tags, StringComparer.OrdinalIgnoreCase).ToArray();
        var fitting = words.Where(w => w.Length <= TicketEdit.LongestTag).Take(Math.Max(0, TicketEdit.MaxTags - Tags.Count)).ToArray();
        var rest = words.Except(fitting, StringComparer.Ordinal).ToArray();
        wrong = Array.Find(rest, w => w.Length > TicketEdit.LongestTag) is { } big ? $"A tag can have at most {TicketEdit.LongestTag} characters; this one has {big.Length}."
            : rest.Length > 0 ? $"A ticket can have at most {TicketEdit.MaxTags} tags." : null;
        if (fitting.Length > 0) await OnAdd.InvokeAsync(string.Join(',', fitting));
        StateHasChanged();
        return string.Join(", ", rest);
    }

    /// <summary>Backspace in an empty box takes the last one back.</summary>
    [JSInvokable] public Task TakeBack() => Tags.Count > 0 ? OnRemove.InvokeAsync(Tags[^1]) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        try
        {
            if (typing is not null) await typing.InvokeVoidAsync("detach");
        }
        catch (Exception e) when (e is JSDisconnectedException or TaskCanceledException)
        {
            // The page has gone, and its listeners with it.
        }
    }
}
