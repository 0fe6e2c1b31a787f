using System.Net.WebSockets;
using System.Text;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Crowds;

/// <summary>A client that comes back by itself: dials until it is let in, resumes, and is whole when it has what it missed.</summary>
internal sealed class Member(Uri url, Person who, Guid room)
{
    /// <summary>The client id of what was said while everybody was away.</summary>
    public const string Missed = "said-while-away";

    private static readonly byte[] Completion = "{\"type\":3"u8.ToArray();
    private static readonly byte[] MissedBytes = Encoding.UTF8.GetBytes(Missed);

    private HubSocket? hub;
    private bool known;

    public int Dials { get; private set; }

    public bool SawMissed { get; private set; }

    public async Task Return()
    {
        for (var n = 0; ; n++)
        {
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                Dials++;
                hub = await HubSocket.Open(url, who.Token);
                hub.Heard = frame =>
                {
                    if (!frame.StartsWith(Completion)) return;
                    SawMissed |= frame.IndexOf(MissedBytes) >= 0;
                    answered.TrySetResult();
                };
                var ended = hub.Listen();
                if (known) await hub.Call("resume", (object)new[] { new { ticketId = room, after = 2 } }); // opened and accepted are known
                else await hub.Call("join", room, null, null);
                if (await Task.WhenAny(answered.Task, ended, Task.Delay(TimeSpan.FromSeconds(30))) == answered.Task)
                {
                    known = true;
                    return;
                }
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // refused or too busy: once more, as the page does it
            }

            await Leave();
            await Task.Delay((int)(Math.Min(4000, 250 * Math.Pow(2, Math.Min(n, 6))) * (0.5 + (Random.Shared.NextDouble() / 2))));
        }
    }

    public async Task Leave()
    {
        if (hub is not null) await hub.DisposeAsync();
        hub = null;
    }

}
