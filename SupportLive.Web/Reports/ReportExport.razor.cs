using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SupportLive.Core.Reports;

namespace SupportLive.Web.Reports;

/// <summary>The two exports. The browser fetches the file by itself, so that it can say how far it is, and stop.</summary>
public sealed partial class ReportExport(IJSRuntime js) : IAsyncDisposable
{
    private DotNetObjectReference<ReportExport>? self;
    private IJSObjectReference? running;
    private bool isRunning;
    private string what = "";
    private int done;
    private int total;
    private string outcome = "";

    /// <summary>Null: there is nothing to print.</summary>
    [Parameter] public string? Pdf { get; set; }

    [Parameter, EditorRequired] public string Csv { get; set; } = "";

    [Parameter] public bool Locked { get; set; }

    private string Said => total > 0 ? $"{what}: {ReportWords.Count(done)} of {ReportWords.Count(total)} tickets" : $"Making the {what}…";

    private async Task Start(string kind, string url)
    {
        if (isRunning) return;
        (isRunning, what, done, total, outcome) = (true, kind, 0, 0, "");
        self ??= DotNetObjectReference.Create(this);
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./Reports/ReportExport.razor.js");
        var export = await module.InvokeAsync<IJSObjectReference>("start", url, self);
        if (isRunning) running = export;
        else await export.DisposeAsync(); // it was over before we heard that it had begun
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
        if (!isRunning) return;
        (isRunning, var export, running) = (false, running, null);
        if (export is not null) await export.DisposeAsync();
        outcome = problem ?? $"The {what} is in your downloads.";
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
