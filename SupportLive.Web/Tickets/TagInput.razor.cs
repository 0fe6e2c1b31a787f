using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace SupportLive.Web.Tickets;

/// <summary>
/// Tags as chips, and a box for more. What is being typed belongs to the browser's module: who types faster than the line is long must
/// not lose the letters behind a comma.
/// </summary>
public sealed partial class TagInput(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference box;
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

    [JSInvokable] public Task Add(string text) => OnAdd.InvokeAsync(text);

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
