using System.Net;
using System.Net.Sockets;

namespace SupportLive.Bench.Chaos.Ground;

/// <summary>The line between one node and PostgreSQL: passes everything on, until it is a black hole, which takes connections and bytes and says nothing.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly HashSet<TcpClient> open = [];
    private readonly int to;
    private volatile TaskCompletionSource passing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Cable(int to)
    {
        this.to = to;
        passing.SetResult();
        listener.Start(512);
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Hole() => passing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Heals: what waited goes on, or every connection of before is reset.</summary>
    public void Heal(bool reset)
    {
        if (reset)
        {
            lock (open)
            {
                foreach (var client in open) client.Client.Close(0);
            }
        }

        passing.TrySetResult();
    }

    private async Task Accept()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                _ = Join(await listener.AcceptTcpClientAsync(ended.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // the end, or one that went before it was taken
            }
        }
    }

    private async Task Join(TcpClient near)
    {
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        lock (open) open.UnionWith([near, far]);
        try
        {
            await passing.Task.WaitAsync(ended.Token);
            await far.ConnectAsync(IPAddress.Loopback, to, ended.Token);
            await Task.WhenAny(Pump(near, far), Pump(far, near));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // one side has gone, so the other goes too
        }
        finally
        {
            lock (open) open.ExceptWith([near, far]);
            near.Dispose();
        }
    }

    private async Task Pump(TcpClient from, TcpClient into)
    {
        var (source, sink) = (from.GetStream(), into.GetStream());
        var buffer = new byte[64 * 1024];
        while (await source.ReadAsync(buffer, ended.Token) is > 0 and var read)
        {
            await passing.Task.WaitAsync(ended.Token);
            await sink.WriteAsync(buffer.AsMemory(0, read), ended.Token);
        }

        await passing.Task.WaitAsync(ended.Token); // a hole hides an end, too
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        Heal(reset: true);
        ended.Dispose();
    }
}
