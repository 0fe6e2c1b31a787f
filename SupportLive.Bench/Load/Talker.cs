using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>One side of a room: sends, counts its acknowledgements, and times what the other side sends. How it speaks is its server's business.</summary>
internal abstract class Talker(string name, Figures seen) : IAsyncDisposable
{
    protected static readonly string Body = new('x', 120);
    private static readonly byte[] ClientId = "\"clientId\":\""u8.ToArray();

    private readonly byte[] own = System.Text.Encoding.UTF8.GetBytes(name + "-");
    private TaskCompletionSource<bool>? answered;
    private int sent;

    public static long Acknowledged;
    public static long Refusals;

    /// <summary>Joins the room and waits until it is in. When all rooms enter at once some are told that the server is busy, and try again.</summary>
    public async Task Enter()
    {
        for (var tries = 0; tries < 20; tries++)
        {
            answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await Join();
            if (await answered.Task.WaitAsync(TimeSpan.FromSeconds(30))) return;
            await Task.Delay(500);
        }

        throw new InvalidOperationException($"{name} was not let into its room.");
    }

    protected abstract Task Join();

    /// <summary>One message. Its client id carries the time of sending.</summary>
    public Task Say() => Send(string.Create(CultureInfo.InvariantCulture, $"{name}-{Stopwatch.GetTimestamp()}-{sent++}"));

    protected abstract Task Send(string clientId);

    protected void Answered(bool refused)
    {
        if (refused) Interlocked.Increment(ref Refusals);
        else Interlocked.Increment(ref Acknowledged);
        answered?.TrySetResult(!refused);
    }

    /// <summary>A message of the room, somebody's.</summary>
    protected void See(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf(ClientId) is not (>= 0 and var at)) return;
        var id = json[(at + ClientId.Length)..];
        if (id.StartsWith(own)) return;
        id = id[(id.IndexOf((byte)'-') + 1)..];
        if (Utf8Parser.TryParse(id, out long ticks, out _)) seen.Add(Stopwatch.GetElapsedTime(ticks));
    }

    /// <summary>The next message when the last is acknowledged, until the time is over.</summary>
    public async Task Flood(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await Say();
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        }
    }

    public abstract ValueTask DisposeAsync();
}
