using System.Net.Sockets;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>How lines are opened: with a small window, so that a client that stops reading is felt by the server and not swallowed by the kernel's buffers.</summary>
internal static class Dial
{
    public static HttpMessageInvoker Small { get; } = new(new SocketsHttpHandler
    {
        ConnectCallback = static async (context, ct) =>
        {
            var raw = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 16 * 1024 };
            try
            {
                await raw.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(raw, ownsSocket: true);
            }
            catch
            {
                raw.Dispose();
                throw;
            }
        },
    });
}
