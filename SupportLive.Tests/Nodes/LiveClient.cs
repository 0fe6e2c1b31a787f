using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SupportLive.Core.Live;
using Xunit;

namespace SupportLive.Tests.Nodes;

/// <summary>A real client of the hub. Writes down every event in the order of its arrival.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    /// <summary>The events of the contract.</summary>
    private static readonly string[] Names =
    [
        "ticket_created", "ticket_offered", "ticket_accepted", "ticket_rejected", "ticket_declined", "ticket_assigned", "ticket_released", "ticket_escalated",
        "ticket_updated", "ticket_resolved", "ticket_reopened", "ticket_closed", "ticket_rated", "message", "note", "typing", "read", "presence",
        "notification", "access_ended", "interrupted", "heads",
    ];

    private readonly HubConnection hub;
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableList<Event> events = [];

    private LiveClient(HubConnection hub)
    {
        this.hub = hub;
        hub.Closed += _ => Task.FromResult(closed.TrySetResult());
        foreach (var name in Names)
            hub.On<JsonElement>(name, payload => ImmutableInterlocked.Update(ref events, static (all, e) => all.Add(e), new Event(name, JsonNode.Parse(payload.GetRawText())!)));
    }

    public IReadOnlyList<Event> Events => events;

    /// <summary>Completes when the connection has ended.</summary>
    public Task Closed => closed.Task;

    public static async Task<LiveClient> Connect(Uri node, string token)
    {
        var address = new Uri($"ws://{node.Authority}/hubs/support?access_token={token}");
        var connection = new HubConnection(new Sockets(), new JsonHubProtocol(), new UriEndPoint(address), new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);
        var client = new LiveClient(connection);
        await connection.StartAsync();
        return client;
    }

    public async Task<Reply> Call(string method, params object?[] arguments)
    {
        var answer = JsonNode.Parse((await hub.InvokeCoreAsync<JsonElement>(method, arguments)).GetRawText())!;
        return new Reply(answer["value"], answer["refusal"]);
    }

    public async Task<JsonNode> Join(Guid ticket, int? after = null) => (await Call("join", ticket, after, null)).Must();

    public Task<Reply> Say(Guid ticket, string body, string? clientId = null, bool @internal = false) =>
        Call("message", new { ticketId = ticket, clientId = clientId ?? Guid.NewGuid().ToString(), body, @internal });

    /// <summary>The first event of that name that fits, now or within the deadline.</summary>
    public async Task<Event> Hear(string name, Func<JsonNode, bool> fits)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (events.Find(e => e.Name == name && fits(e.Payload)) is { } found) return found;
            Assert.True(since.Elapsed < Eventually.Deadline, $"No {name} came. These did:\n{string.Join('\n', events)}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>An event about a ticket.</summary>
    public Task<Event> Hear(string name, Guid ticket) => Hear(name, p => new Event(name, p).Ticket == ticket);

    public Task<Event> HearMessage(string body) => Hear("message", p => p["body"]!.GetValue<string>() == body);

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}

public sealed record Event(string Name, JsonNode Payload)
{
    public Guid? Ticket => (Payload["ticketId"] ?? Payload["entry"]?["ticketId"])?.GetValue<Guid>();

    /// <summary>The log entry that it carries, if it does.</summary>
    public JsonNode? Entry => Payload["entry"] ?? (Payload["seq"] is not null && Payload["kind"] is not null ? Payload : null);

    public override string ToString() => $"{Name} {Payload.ToJsonString(Wire.Json)}";
}

/// <summary>What a hub method answered: one of the two is null.</summary>
public sealed record Reply(JsonNode? Value, JsonNode? Refusal)
{
    public string? Code => Refusal?["code"]?.GetValue<string>();

    public JsonNode Must()
    {
        Assert.True(Refusal is null && Value is not null, $"Refused: {Refusal?.ToJsonString()}");
        return Value!;
    }

    public void Refused(string code)
    {
        Assert.Null(Value);
        Assert.Equal(code, Code);
        Assert.False(string.IsNullOrWhiteSpace(Refusal!["message"]?.GetValue<string>()), "A refusal says a sentence.");
    }
}
