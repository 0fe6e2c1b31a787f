using System.Net.WebSockets;
using System.Text.Json;

namespace SupportLive.Bench.Load.Circuits;

/// <summary>A page that lives without a browser: the circuit's protocol, every drawing acknowledged, every script call answered with nothing.</summary>
internal sealed class Circuit : IAsyncDisposable
{
    private const int ObjectReference = 1;

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] buffer = new byte[4 * 1024];
    private bool shaken;

    public static int Lost;

    public delegate void Drawing(ReadOnlySpan<byte> batch);

    /// <summary>Called for every drawing, on the reading loop.</summary>
    public Drawing? Drawn { get; set; }

    public int Drawings { get; private set; }

    /// <summary>Fetches the page and brings it to life; returns when its components have been drawn.</summary>
    public static async Task<Circuit> Open(HttpClient http, Person who, string path)
    {
        var page = await PageMarkers.Fetch(http, who, path);
        var circuit = new Circuit();
        circuit.socket.Options.KeepAliveInterval = TimeSpan.Zero;
        circuit.socket.Options.SetRequestHeader("Authorization", $"Bearer {who.Token}");
        var at = http.BaseAddress!;
        await circuit.socket.ConnectAsync(new Uri($"ws://{at.Authority}/_blazor"), CancellationToken.None);
        _ = circuit.Listen();
        await circuit.Send("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray());
        await circuit.Send(PackWriter.Call("0", "StartCircuit", at.ToString(), new Uri(at, path).ToString(), "[]", page.State));
        await circuit.started.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await circuit.Send(PackWriter.Call(null, "UpdateRootComponents", page.Operations, page.State));
        await circuit.whole.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return circuit;
    }

    private async Task Listen()
    {
        var filled = 0;
        try
        {
            while (true)
            {
                if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close) break;
                filled = await Split(filled + read.Count);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or FormatException or InvalidOperationException)
        {
            started.TrySetException(e);
            whole.TrySetException(e);
        }

        started.TrySetException(new InvalidOperationException("The circuit was closed."));
        if (!closed) Interlocked.Increment(ref Lost);
    }

    private bool closed;

    private async Task<int> Split(int filled)
    {
        var start = 0;
        if (!shaken && buffer.AsSpan(0, filled).IndexOf((byte)0x1e) is >= 0 and var end) (shaken, start) = (true, end + 1);
        while (shaken && PackReader.Frame(buffer.AsSpan(start, filled - start), out var prefix, out var length) && filled - start >= prefix + length)
        {
            if (Take(buffer.AsSpan(start + prefix, length)) is { } answer) await Send(answer);
            start += prefix + length;
        }

        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        return filled - start;
    }

    private byte[]? Take(ReadOnlySpan<byte> message)
    {
        var pack = new PackReader(message);
        pack.Array();
        switch (pack.Number())
        {
            case 1:
                pack.EmptyMap();
                pack.Text();
                var target = pack.Text();
                pack.Array();
                return Called(target!, ref pack);
            case 3:
                started.TrySetResult();
                return null;
            case 7:
                throw new InvalidOperationException("The server closed the circuit.");
            default:
                return null;
        }
    }

    private byte[]? Called(string target, ref PackReader pack)
    {
        switch (target)
        {
            case "JS.RenderBatch":
                var id = pack.Number();
                Drawings++;
                Drawn?.Invoke(pack.Bytes());
                return PackWriter.Call(null, "OnRenderCompleted", id, null);
            case "JS.BeginInvokeJS":
                var handle = pack.Number();
                pack.Text();
                pack.Text();
                var result = pack.Number() == ObjectReference ? new { __jsObjectId = handle } : null;
                return handle == 0 ? null : PackWriter.Call(null, "EndInvokeJSFromDotNet", handle, true, JsonSerializer.Serialize(new object?[] { handle, true, result }));
            case "JS.EndUpdateRootComponents":
                whole.TrySetResult();
                return null;
            case "JS.Error":
                throw new InvalidOperationException(pack.Text());
            default:
                return null;
        }
    }

    public Task Ping() => Send(PackWriter.Ping);

    private async Task Send(byte[] bytes)
    {
        await turn.WaitAsync();
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        closed = true;
        socket.Abort();
        socket.Dispose();
        return default;
    }
}
