using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SupportLive.Tests.Nodes;

/// <summary>The line from a node to its database, which a test can slow down and cut.</summary>
public sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly HashSet<Socket> open = [];
    private readonly UnixDomainSocketEndPoint server;
    private volatile bool cut;

    public Cable(string database)
    {
        var to = new NpgsqlConnectionStringBuilder(database);
        server = new UnixDomainSocketEndPoint(Path.Combine(to.Host!, $".s.PGSQL.{to.Port}"));
        listener.Start(512);
        (to.Host, to.Port) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        Database = to.ConnectionString;
        _ = Accept();
    }

    /// <summary>The database by way of this line.</summary>
    public string Database { get; }

    /// <summary>How much later everything that the database says arrives.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Ends every connection, and every new one at once.</summary>
    public void Cut()
    {
        cut = true;
        lock (open)
        {
            foreach (var socket in open) socket.Close(0);
        }
    }

    public void Mend() => cut = false;

    private async Task Accept()
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                _ = Join(await listener.AcceptSocketAsync(ended.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // the end, or one that went before it was taken
            }
        }
    }

    private async Task Join(Socket near)
    {
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        lock (open) open.UnionWith([near, far]);
        try
        {
            if (cut) return;
            await far.ConnectAsync(server, ended.Token);
            await Task.WhenAny(Pump(near, far, () => TimeSpan.Zero), Pump(far, near, () => Delay));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // one side has gone, so the other goes too
        }
        finally
        {
            lock (open) open.ExceptWith([near, far]);
            near.Close(0);
        }
    }

    private async Task Pump(Socket from, Socket into, Func<TimeSpan> late)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, ended.Token) is > 0 and var read)
        {
            if (late() is var delay && delay > TimeSpan.Zero) await Task.Delay(delay, ended.Token);
            await into.SendAsync(buffer.AsMemory(0, read), ended.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        Cut();
        ended.Dispose();
    }
}
