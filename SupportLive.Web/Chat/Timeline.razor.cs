using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;

namespace SupportLive.Web.Chat;

/// <summary>The log of a conversation. Its module watches the scroll position: what has been seen, and when older lines are wanted.</summary>
public sealed partial class Timeline(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference scroller;
    private DotNetObjectReference<Timeline>? self;
    private IJSObjectReference? watch;

    [Parameter, EditorRequired] public ConversationState State { get; set; } = null!;

    [Parameter] public Guid Me { get; set; }

    /// <summary>Where this reader's tickets open.</summary>
    [Parameter] public string Path { get; set; } = "";

    [Parameter] public IReadOnlyList<PersonView> Typists { get; set; } = [];

    /// <summary>The entry that somebody came for; scrolled to once, and marked.</summary>
    [Parameter] public (Feed, int)? Target { get; set; }

    [Parameter] public EventCallback OnNewer { get; set; }

    [Parameter] public EventCallback OnLatest { get; set; }

    [Parameter] public EventCallback OnSeen { get; set; }

    [Parameter] public EventCallback OnOlder { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        self = DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./Chat/Timeline.razor.js");
        watch = await module.InvokeAsync<IJSObjectReference>("watch", scroller, self);
    }

    [JSInvokable] public Task Seen() => OnSeen.InvokeAsync();

    [JSInvokable] public Task Newer() => OnNewer.InvokeAsync();

    [JSInvokable] public Task Latest() => OnLatest.InvokeAsync();

    [JSInvokable] public Task Older() => OnOlder.InvokeAsync();

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        try
        {
            if (watch is not null) await watch.InvokeVoidAsync("stop");
        }
        catch (Exception e) when (e is JSDisconnectedException or TaskCanceledException)
        {
            // The page has gone, and its listeners with it.
        }
    }
}
