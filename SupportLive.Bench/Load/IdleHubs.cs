namespace SupportLive.Bench.Load;

/// <summary>Hub connections that only stay: they ping as every client does, and listen.</summary>
internal sealed class IdleHubs : IAsyncDisposable
{
    private readonly List<HubSocket> sockets = [];
    private readonly CancellationTokenSource gone = new();

    public IReadOnlyList<HubSocket> Sockets => sockets;

    public static async Task<IdleHubs> Open(People people, Uri url, int count, string role = "customer", HubSocket.Frame? heard = null)
    {
        var hubs = new IdleHubs();
        foreach (var stretch in (await people.Make(role, count)).Chunk(50))
        {
            var opened = await Task.WhenAll(stretch.Select(p => HubSocket.Open(url, p.Token)));
            hubs.sockets.AddRange(opened);
            foreach (var socket in opened)
            {
                socket.Heard = heard;
                _ = socket.Listen();
            }
        }

        _ = hubs.Stay();
        return hubs;
    }

    private async Task Stay()
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(12));
        while (!gone.IsCancellationRequested && await beat.WaitForNextTickAsync())
        {
            foreach (var socket in sockets) await socket.Ping();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        foreach (var socket in sockets) await socket.DisposeAsync();
        gone.Dispose();
    }
}
