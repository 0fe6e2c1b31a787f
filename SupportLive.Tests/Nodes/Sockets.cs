using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace SupportLive.Tests.Nodes;

/// <summary>Connects by WebSocket, without negotiation.</summary>
internal sealed class Sockets : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return new SocketConnection(socket);
    }
}

/// <summary>A socket as two pipes.</summary>
internal sealed class SocketConnection : ConnectionContext, ITransferFormatFeature
{
    private readonly ClientWebSocket socket;
    private readonly Pipe incoming = new();
    private readonly Pipe outgoing = new();
    private readonly Task pumps;

    public SocketConnection(ClientWebSocket socket)
    {
        this.socket = socket;
        Transport = new Duplex(incoming.Reader, outgoing.Writer);
        Features = new FeatureCollection();
        Features.Set<ITransferFormatFeature>(this);
        pumps = Task.WhenAll(Receive(), SendAll());
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString();
    public override IFeatureCollection Features { get; }
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    public override IDuplexPipe Transport { get; set; }
    public TransferFormat SupportedFormats => TransferFormat.Text;
    public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

    private async Task Receive()
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(incoming.Writer.GetMemory(16_384), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) break;
                incoming.Writer.Advance(received.Count);
                if (received.EndOfMessage) await incoming.Writer.FlushAsync();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has gone; the end of the pipe says so.
        }

        await incoming.Writer.CompleteAsync();
    }

    private async Task SendAll()
    {
        try
        {
            while (true)
            {
                var read = await outgoing.Reader.ReadAsync();
                foreach (var part in read.Buffer) await socket.SendAsync(part, WebSocketMessageType.Text, true, CancellationToken.None);
                outgoing.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // As above.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        if (await Task.WhenAny(pumps, Task.Delay(TimeSpan.FromSeconds(2))) != pumps) socket.Abort();
        await Transport.Input.CompleteAsync();
        socket.Dispose();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
