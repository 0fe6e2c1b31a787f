using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>One side of a room: sends, counts its acknowledgements, and times what the other side sends.</summary>
internal sealed class Talker(HubSocket hub, Guid ticket, string name, Figures seen)
{
    private static readonly string Body = new('x', 120);
    private static readonly byte[] Completion = "{\"type\":3"u8.ToArray();
    private static readonly byte[] Refused = "\"refusal\":{"u8.ToArray();
    private static readonly byte[] ClientId = "\"clientId\":\""u8.ToArray();
    private static readonly byte[] Pushed = "\"target\":\"message\""u8.ToArray();

    private readonly byte[] own = Encoding.UTF8.GetBytes(name + "-");
    private TaskCompletionSource? answered;
    private int sent;

    public static long Acknowledged;
    public static long Refusals;

    public Task Listening { get; private set; } = Task.CompletedTask;

    public async Task Enter()
    {
        hub.Heard = Hear;
        Listening = hub.Listen();
        answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await hub.Call("join", ticket, null, null);
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private void Hear(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Completion))
        {
            if (json.IndexOf(Refused) >= 0) Interlocked.Increment(ref Refusals);
            else Interlocked.Increment(ref Acknowledged);
            answered?.TrySetResult();
            return;
        }

        if (json.IndexOf(Pushed) < 0 || json.IndexOf(ClientId) is not (>= 0 and var at)) return;
        var id = json[(at + ClientId.Length)..];
        if (id.StartsWith(own)) return;
        id = id[(id.IndexOf((byte)'-') + 1)..];
        if (Utf8Parser.TryParse(id, out long ticks, out _)) seen.Add(Stopwatch.GetElapsedTime(ticks));
    }

    public Task Say() => hub.Message(ticket, string.Create(CultureInfo.InvariantCulture, $"{name}-{Stopwatch.GetTimestamp()}-{sent++}"), Body);

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
}
