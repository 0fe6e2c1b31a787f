using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>One hub connection, as a stock client keeps it: pings every 10 s, and is given up after 30 s of silence.</summary>
internal sealed class Line : IAsyncDisposable
{
    private const byte Separator = 0x1e;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource gone = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Answer>> calls = new(StringComparer.Ordinal);
    private readonly Action<string, JsonElement> pushed;
    private long heard = Moment.Now;
    private int count;

    private Line(Action<string, JsonElement> pushed) => this.pushed = pushed;

    /// <summary>When the socket has ended, for whatever reason.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>While this is not completed the client reads nothing.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public static async Task<Line> Open(Uri url, string token, Action<string, JsonElement> pushed, CancellationToken ct)
    {
        var line = new Line(pushed);
        try
        {
            line.socket.Options.KeepAliveInterval = TimeSpan.Zero;
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(ct);
            soon.CancelAfter(Patience);
            await line.socket.ConnectAsync(new Uri($"ws://{url.Authority}/hubs/support?access_token={token}"), Dial.Small, soon.Token);
            await line.Send("""{"protocol":"json","version":1}"""u8.ToArray(), soon.Token);
            line.Ended = line.Listen();
            _ = line.Ping();
            return line;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a hub method; silence when the line ends, or nothing comes back within five seconds: then the line is given up.</summary>
    public async Task<Answer> Call(string target, object?[] arguments, bool cutAfterSending = false)
    {
        var id = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        calls[id] = answer;
        try
        {
            await Send(JsonSerializer.SerializeToUtf8Bytes(new { type = 1, invocationId = id, target, arguments }), gone.Token).WaitAsync(Patience);
            if (cutAfterSending) Cut();
            return await answer.Task.WaitAsync(Patience, gone.Token);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            Cut();
            return Answer.Silence(cutAfterSending ? "cut by the client" : e is TimeoutException ? "no answer" : "line lost");
        }
        finally
        {
            calls.TryRemove(id, out _);
        }
    }

    private async Task Send(byte[] json, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await socket.SendAsync((byte[])[.. json, Separator], WebSocketMessageType.Text, endOfMessage: true, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Listen()
    {
        var (buffer, filled) = (new byte[16 * 1024], 0);
        try
        {
            while (true)
            {
                await Reading.WaitAsync(gone.Token);
                if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled), gone.Token);
                if (read.MessageType == WebSocketMessageType.Close) return;
                Interlocked.Exchange(ref heard, Moment.Now);
                filled += read.Count;
                filled = Split(buffer, filled);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // lost; the owner connects again
        }
        finally
        {
            Cut();
        }
    }

    private int Split(byte[] buffer, int filled)
    {
        var start = 0;
        while (buffer.AsSpan(start, filled - start).IndexOf(Separator) is >= 0 and var length)
        {
            if (length > 0) Take(buffer.AsMemory(start, length));
            start += length + 1;
        }

        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        return filled - start;
    }

    private void Take(ReadOnlyMemory<byte> frame)
    {
        using var json = JsonDocument.Parse(frame);
        var root = json.RootElement;
        if (!root.TryGetProperty("type", out var type)) return; // the handshake
        switch (type.GetInt32())
        {
            case 1:
                pushed(root.GetProperty("target").GetString()!, root.GetProperty("arguments")[0]);
                return;
            case 3 when calls.TryGetValue(root.GetProperty("invocationId").GetString()!, out var call):
                call.TrySetResult(Of(root));
                return;
            case 7:
                Cut();
                return;
        }
    }

    private static Answer Of(JsonElement completion)
    {
        if (!completion.TryGetProperty("result", out var reply)) return Answer.Silence("hub error: " + (completion.TryGetProperty("error", out var e) ? e.GetString() : ""));
        var refusal = reply.GetProperty("refusal");
        return refusal.ValueKind == JsonValueKind.Null ? Answer.Ok(reply.GetProperty("value").Clone()) : Answer.Refused(refusal.Clone(), "");
    }

    private async Task Ping()
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(10), gone.Token);
                await Send("""{"type":6}"""u8.ToArray(), gone.Token);
                if (Moment.Between(Interlocked.Read(ref heard), Moment.Now) > Silence && Reading.IsCompleted) Cut();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            Cut();
        }
    }

    /// <summary>Ends the socket at once, without a farewell.</summary>
    public void Cut()
    {
        gone.Cancel();
        socket.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await Ended;
        socket.Dispose();
    }
}
