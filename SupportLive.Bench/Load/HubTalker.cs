using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>Speaks SignalR's JSON: to SupportLive, and to the bare hub.</summary>
internal sealed class HubTalker(HubSocket hub, Guid ticket, string name, Figures seen) : Talker(name, seen)
{
    private static readonly byte[] Completion = "{\"type\":3"u8.ToArray();
    private static readonly byte[] Refused = "\"refusal\":{"u8.ToArray();
    private static readonly byte[] Pushed = "\"target\":\"message\""u8.ToArray();

    protected override Task Join()
    {
        hub.Heard = Hear;
        _ = hub.Listen();
        return hub.Call("join", ticket, null, null);
    }

    private void Hear(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Completion)) Answered(json.IndexOf(Refused) >= 0);
        else if (json.IndexOf(Pushed) >= 0) See(json);
    }

    protected override Task Send(string clientId) => hub.Message(ticket, clientId, Body);

    public override ValueTask DisposeAsync() => hub.DisposeAsync();
}
