using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace SupportLive.Bench.Load;

/// <summary>
/// A hub client that costs the generator as little as possible: one socket, frames found by byte search. What it cannot
/// understand it hands over whole.
/// </summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private const byte Separator = 0x1e;

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim turn = new(1);
    private byte[] buffer = new byte[4 * 1024];
    private int filled;
    private bool closed;
    private int calls;

    /// <summary>Connections that the server ended.</summary>
    public static int Lost;

    public delegate void Frame(ReadOnlySpan<byte> json);

    /// <summary>Called for every frame, on the reading loop.</summary>
    public Frame? Heard { get; set; }

    public static async Task<HubSocket> Open(Uri url, string token)
    {
        var hub = new HubSocket();
        hub.socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await hub.socket.ConnectAsync(new Uri($"ws://{url.Authority}/hubs/support?access_token={token}"), CancellationToken.None);
        await hub.Send("""{"protocol":"json","version":1}""");
        return hub;
    }

    /// <summary>Reads until the socket ends.</summary>
    public async Task Listen()
    {
        try
        {
            while (true)
            {
                if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close) break;
                filled += read.Count;
                Split();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // ended by either side
        }

        if (!closed) Interlocked.Increment(ref Lost);
    }

    private void Split()
    {
        var rest = buffer.AsSpan(0, filled);
        while (rest.IndexOf(Separator) is >= 0 and var end)
        {
            Heard?.Invoke(rest[..end]);
            rest = rest[(end + 1)..];
        }

        rest.CopyTo(buffer);
        filled = rest.Length;
    }

    public Task Ping() => Send("""{"type":6}""");

    public Task Call(string target, params object?[] arguments) => Send(string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":1,"invocationId":"{{Interlocked.Increment(ref calls)}}","target":"{{target}}","arguments":{{JsonSerializer.Serialize(arguments)}}}"""));

    /// <summary>The hot call, without a serializer. The client id carries the time of sending.</summary>
    public Task Message(Guid ticket, string clientId, string body) => Send(string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":1,"invocationId":"{{Interlocked.Increment(ref calls)}}","target":"message","arguments":[{"ticketId":"{{ticket}}","clientId":"{{clientId}}","body":"{{body}}"}]}"""));

    private async Task Send(string json)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(json.Length * 3 + 1);
        var length = Encoding.UTF8.GetBytes(json, bytes);
        bytes[length++] = Separator;
        await turn.WaitAsync();
        try
        {
            await socket.SendAsync(bytes.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            turn.Release();
            ArrayPool<byte>.Shared.Return(bytes);
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
