using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;
using SupportLive.Core.Reports;

namespace SupportLive.Web.Reports;

/// <summary>The two exports. The browser fetches the file by itself, so that it can say how far it is, and stop.</summary>
public sealed partial class ReportExport(IJSRuntime js, NotificationService toasts) : IAsyncDisposable
{
    private DotNetObjectReference<ReportExport>? self;
    private IJSObjectReference? running;
    private string what = "";
    private int done;
    private int total;

    /// <summary>Null: there is nothing to print.</summary>
    [Parameter] public string? Pdf { get; set; }

    [Parameter, EditorRequired] public string Csv { get; set; } = "";

    [Parameter] public bool Locked { get; set; }

    private string Said => total > 0 ? $"{what}: {ReportWords.Count(done)} of {ReportWords.Count(total)} tickets" : $"Making the {what}…";

    private async Task Start(string kind, string url)
    {
        if (running is not null) return;
        (what, done, total) = (kind, 0, 0);
        self ??= DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./Reports/ReportExport.razor.js");
        running = await module.InvokeAsync<IJSObjectReference>("start", url, self);
    }

    private async Task Cancel()
    {
        if (running is { } export) await export.InvokeVoidAsync("cancel");
        await Done("Cancelled. Nothing was saved.");
    }

    [JSInvokable]
    public void Progress(int rows, int of)
    {
        (done, total) = (rows, of);
        StateHasChanged();
    }

    /// <summary>Called once at the end; null when all went well, else why not.</summary>
    [JSInvokable]
    public async Task Done(string? problem)
    {
        if (running is not { } export) return;
        running = null;
        await export.DisposeAsync();
        if (problem is null) toasts.Notify(NotificationSeverity.Success, $"The {what} is in your downloads.", duration: 5000);
        else toasts.Notify(problem.StartsWith("Cancelled", StringComparison.Ordinal) ? NotificationSeverity.Info : NotificationSeverity.Error, problem, duration: 8000);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        try
        {
            if (running is not null) await running.InvokeVoidAsync("cancel");
        }
        catch (Exception e) when (e is JSDisconnectedException or TaskCanceledException or JsonException)
        {
            // The page has gone, and its downloads with it.
        }
    }
}
