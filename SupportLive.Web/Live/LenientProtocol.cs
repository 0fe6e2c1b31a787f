using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace SupportLive.Web.Live;

/// <summary>
/// SignalR's JSON protocol with two courtesies that the stock one lacks: arguments at the end may be left out, and a call whose
/// arguments cannot be read gets a refusal (<see cref="SupportHub.Malformed"/>) in place of a bare error. Well-formed calls pay nothing.
/// </summary>
public sealed class LenientProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private const byte RecordSeparator = 0x1e;

    private readonly JsonHubProtocol json = new(options);
    private readonly JsonSerializerOptions serializer = options.Value.PayloadSerializerOptions;

    public string Name => json.Name;

    public int Version => json.Version;

    public TransferFormat TransferFormat => json.TransferFormat;

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => json.GetMessageBytes(Outgoing(message));

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => json.WriteMessage(Outgoing(message), output);

    // SignalR has a frame for "go, and come again", and nothing that sends it; see Farewell.
    private static HubMessage Outgoing(HubMessage message) => message is InvocationMessage { Target: Farewell.Name } ? ComeAgain : message;

    private static readonly CloseMessage ComeAgain = new(error: null, allowReconnect: true);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input;
        if (!json.TryParseMessage(ref input, binder, out message)) return false;
        if (message is InvocationBindingFailureMessage failed && before.PositionOf(RecordSeparator) is { } end) message = Repair(failed, before.Slice(0, end), binder);
        return true;
    }

    private HubMethodInvocationMessage Repair(InvocationBindingFailureMessage failed, ReadOnlySequence<byte> frame, IInvocationBinder binder)
    {
        var refused = new InvocationMessage(failed.InvocationId, SupportHub.MalformedMethod, [failed.Target]);
        try
        {
            var types = binder.GetParameterTypes(failed.Target);
            using var document = JsonDocument.Parse(frame);
            var given = document.RootElement.GetProperty("arguments").EnumerateArray().ToArray();
            if (given.Length >= types.Count) return refused;
            var arguments = types.Select((type, i) => i < given.Length ? given[i].Deserialize(type, serializer) : null).ToArray();
            return new InvocationMessage(failed.InvocationId, failed.Target, arguments);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or HubException)
        {
            return refused; // the caller is told; there is nothing here to write down
        }
    }
}
