namespace SupportLive.Bench.Load.Circuits;

/// <summary>Pages that stay open.</summary>
internal sealed class OpenPages : IAsyncDisposable
{
    private readonly List<Circuit> open = [];
    private readonly CancellationTokenSource gone = new();

    public IReadOnlyList<Circuit> Pages => open;

    /// <param name="pages">Who looks at what.</param>
    public static async Task<OpenPages> Open(Uri url, IEnumerable<(Person Who, string Path)> pages)
    {
        var all = new OpenPages();
        using var http = new HttpClient { BaseAddress = url };
        foreach (var stretch in pages.Chunk(8)) all.open.AddRange(await Task.WhenAll(stretch.Select(p => Circuit.Open(http, p.Who, p.Path))));
        _ = all.Stay();
        return all;
    }

    private async Task Stay()
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(12));
        while (!gone.IsCancellationRequested && await beat.WaitForNextTickAsync())
        {
            foreach (var page in open) await page.Ping();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        foreach (var page in open) await page.DisposeAsync();
        gone.Dispose();
    }
}
