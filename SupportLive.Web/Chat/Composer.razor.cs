using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SupportLive.Core.Chat;

namespace SupportLive.Web.Chat;

/// <summary>Where a message is written. The text, its draft and what waits to be sent belong to the browser's module; this sends.</summary>
public sealed partial class Composer(IJSRuntime js) : IAsyncDisposable
{
    private ElementReference root;
    private DotNetObjectReference<Composer>? self;
    private IJSObjectReference? text;
    private bool attached;
    private bool note;

    [Parameter, EditorRequired] public Guid TicketId { get; set; }

    [Parameter, EditorRequired] public Guid Me { get; set; }

    /// <summary>Whether the other side may be written to; if not, notes remain.</summary>
    [Parameter] public bool CanWrite { get; set; }

    /// <summary>Whether there is a choice between reply and note.</summary>
    [Parameter] public bool Tabs { get; set; }

    /// <summary>Why there is no reply, in a few words.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>Stores it; the answer decides whether the text may go.</summary>
    [Parameter, EditorRequired] public Func<NewMessage, Task<Sent>> Store { get; set; } = null!;

    [Parameter] public EventCallback OnTyping { get; set; }

    /// <summary>Whom a note may mention; asked when the first "@" is typed. Null where nobody is offered.</summary>
    [Parameter] public Func<Task<IReadOnlyList<string>>>? Mentionable { get; set; }

    private bool IsNote => Tabs && (note || !CanWrite);

    private async Task Choose(bool toNote)
    {
        note = toNote;
        if (text is not null) await text.InvokeVoidAsync("focus");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        self = DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./Chat/Composer.razor.js");
        text = await module.InvokeAsync<IJSObjectReference>("attach", root, self, $"{Me}.{TicketId}");
        attached = true;
        StateHasChanged();
    }

    [JSInvokable]
    public Task<Sent> Send(string clientId, string body, bool internalNote) => Store(new NewMessage(TicketId, clientId, body, internalNote));

    [JSInvokable] public Task<IReadOnlyList<string>> Colleagues() => Mentionable?.Invoke() ?? Task.FromResult<IReadOnlyList<string>>([]);

    [JSInvokable] public Task Typed() => OnTyping.InvokeAsync();

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        try
        {
            if (text is not null) await text.InvokeVoidAsync("detach");
        }
        catch (Exception e) when (e is JSDisconnectedException or TaskCanceledException)
        {
            // The page has gone; the draft is where it always is.
        }
    }
}

/// <summary>What became of a message. Not stored and not to be tried again: the sentence says why.</summary>
public sealed record Sent(bool Stored, bool TryAgain, string? Message);
