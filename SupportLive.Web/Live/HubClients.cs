using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Live;

/// <summary>The hub's connections on this node.</summary>
public sealed class HubClients(LiveStream stream, Actors actors, ChatQueries chats, JoinQueue joins, LogToEvents toEvents, Meters meters, CurrentLimits limits, IHubContext<SupportHub> hub, Presence presence, LastSeen seen, TimeProvider time, ILogger<HubClient> log)
{
    private readonly ConcurrentDictionary<string, HubClient> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IDisposable[]> here = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> transports = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource? gone;

    public async Task Enter(HubCallerContext context)
    {
        if (context.User?.AccountId() is not { } id || await actors.Find(id, context.ConnectionAborted) is not { } access)
        {
            context.Abort();
            return;
        }

        if (limits.Now.Enabled && open.Values.Count(c => c.Actor.Id == id) >= limits.Now.ConnectionsPerAccount)
        {
            context.Abort(); // a program that opens connections in a loop must not take those of others
            return;
        }

        var client = new HubClient(access, context, hub.Clients.Client(context.ConnectionId), stream, actors, chats, joins, toEvents, meters, limits, time, log);
        transports[context.ConnectionId] = Words(context.Features.Get<IHttpTransportFeature>()?.TransportType);
        open[context.ConnectionId] = client;
        here[context.ConnectionId] = [seen.Enter(id), .. presence.Enter(access.Actor) is { } entered ? [entered] : Array.Empty<IDisposable>()];
        client.Start();
    }

    /// <summary>Throws for a connection that was never let in, which SignalR answers with an error.</summary>
    public HubClient Of(HubCallerContext context) => open.TryGetValue(context.ConnectionId, out var client) ? client : throw new HubException(Refusal.Forbidden().Message);

    public IReadOnlyCollection<Guid> JoinedTickets() => open.Values.SelectMany(c => c.JoinedTickets).ToHashSet();

    public void Tell(Heads heads)
    {
        foreach (var client in open.Values) client.Tell(heads);
    }

    private static string Words(HttpTransportType? transport) => transport switch
    {
        HttpTransportType.WebSockets => "websockets",
        HttpTransportType.ServerSentEvents => "server_sent_events",
        HttpTransportType.LongPolling => "long_polling",
        _ => "unknown",
    };

    /// <summary>Whose connections are open, and by which transport.</summary>
    public IEnumerable<(string Role, string Transport)> Connections() => open.Select(o => (o.Value.Actor.Role, transports.GetValueOrDefault(o.Key) ?? "unknown"));

    public void Leave(HubCallerContext context)
    {
        transports.TryRemove(context.ConnectionId, out _);
        if (open.TryRemove(context.ConnectionId, out var client)) client.Dispose();
        if (here.TryRemove(context.ConnectionId, out var entered)) Array.ForEach(entered, e => e.Dispose());
        if (open.IsEmpty) gone?.TrySetResult();
    }

    /// <summary>Completes when nobody is connected any more; for a node that ends.</summary>
    public Task Gone
    {
        get
        {
            var last = gone ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (open.IsEmpty) last.TrySetResult();
            return last.Task;
        }
    }
}
