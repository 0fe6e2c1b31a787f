using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Speed.Peers;

/// <summary>Speaks socket.io v4 over engine.io v4, WebSocket only: a digit or two, then JSON.</summary>
internal sealed class SocketIoTalker : Talker
{
    private const string Open = "0", Ping = "2", Connected = "40", Event = "42", Ack = "43";
    private static readonly byte[] Refused = "\"refusal\""u8.ToArray();

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Guid room;
    private byte[] buffer = new byte[4 * 1024];
    private int calls;

    private SocketIoTalker(Guid room, string name, Figures seen) : base(name, seen) => this.room = room;

    public static async Task<SocketIoTalker> Connect(Uri url, Guid room, string name, Figures seen)
    {
        var talker = new SocketIoTalker(room, name, seen);
        talker.socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await talker.socket.ConnectAsync(new Uri($"ws://{url.Authority}/socket.io/?EIO=4&transport=websocket"), CancellationToken.None);
        _ = talker.Listen();
        await talker.connected.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return talker;
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
                if (read.MessageType == WebSocketMessageType.Close) return;
                filled += read.Count;
                if (!read.EndOfMessage) continue;
                if (Hear(buffer.AsSpan(0, filled)) is { } answer) await Write(answer);
                filled = 0;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            connected.TrySetException(e);
        }
    }

    private string? Hear(ReadOnlySpan<byte> frame)
    {
        if (Starts(frame, Event)) See(frame);
        else if (Starts(frame, Ack)) Answered(frame.IndexOf(Refused) >= 0);
        else if (Starts(frame, Connected)) connected.TrySetResult();
        else if (Starts(frame, Open)) return "40"; // joins the default namespace
        else if (Starts(frame, Ping)) return "3";
        return null;
    }

    private static bool Starts(ReadOnlySpan<byte> frame, string with) => frame.Length >= with.Length && frame[0] == with[0] && (with.Length == 1 || frame[1] == with[1]);

    protected override Task Join() => Write(string.Create(CultureInfo.InvariantCulture, $$"""42{{calls++}}["join","{{room}}"]"""));

    protected override Task Send(string clientId) => Write(string.Create(CultureInfo.InvariantCulture,
        $$"""42{{Interlocked.Increment(ref calls)}}["message",{"room":"{{room}}","clientId":"{{clientId}}","body":"{{Body}}"}]"""));

    private async Task Write(string text)
    {
        await turn.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    public override ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return default;
    }
}
