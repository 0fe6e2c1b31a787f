using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>
/// This node's picture of the agents: read again when something moved that it is made of, when somebody's presence ends, and every
/// <see cref="Look"/> anyway. Whoever looks different is told to the staff of this node. One read for everybody, and never more than a few a second.
/// </summary>
public sealed class AgentBoard(AgentQueries agents, LiveStream stream, Signals signals, TimeProvider time, ILogger<AgentBoard> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private Dictionary<Guid, AgentView> shown = [];
    private volatile bool queueMoved;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = stream.Subscribe();
        foreach (var topic in (Topic[])[Topic.Staff, Topic.Agents, Topic.Settings, Topic.Doors]) subscription.Add(topic);
        await Task.WhenAll(Listen(subscription, stoppingToken), Work(stoppingToken));
    }

    private async Task Listen(Subscription subscription, CancellationToken ct)
    {
        await foreach (var happened in subscription.Read(ct))
        {
            if (happened is PresenceChanged) continue;
            if (happened is TicketChanged { Moved.Feed: Feed.Public } or StreamInterrupted) queueMoved = true;
            wake.Writer.TryWrite(true);
        }
    }

    private async Task Work(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            wake.Reader.TryRead(out _); // before the read: what comes during it is a reason for the next
            var wait = Look;
            try
            {
                wait = await Tell(ct);
            }
            catch (Exception e) when (Outage.Is(e) && !ct.IsCancellationRequested)
            {
                log.LogDebug("The agents cannot be read: {Reason}", e.Message);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "The agents could not be told");
            }

            await Task.Delay(Pause, time, ct);
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await Task.WhenAny(wake.Reader.WaitToReadAsync(timer.Token).AsTask(), Task.Delay(wait, time, timer.Token));
            await timer.CancelAsync();
        }
    }

    private async Task<TimeSpan> Tell(CancellationToken ct)
    {
        var all = await agents.All(ct);
        var fresh = all.ToDictionary(a => a.Id, a => a.View());
        foreach (var view in fresh.Values.Where(v => !shown.TryGetValue(v.Id, out var before) || !Same(before, v))) signals.Here(new PresenceChanged(view));
        foreach (var gone in shown.Values.Where(v => !fresh.ContainsKey(v.Id)))
            signals.Here(new PresenceChanged(gone with { Presence = AgentStatus.Away, Capacity = 0, Load = 0, Conversations = 0, Reason = "no_agent" }));
        shown = fresh;
        if (queueMoved)
        {
            queueMoved = false;
            signals.Here(new QueueMoved());
        }

        var ends = all.Where(a => a.Alive).Select(a => a.AliveUntil!.Value - time.GetUtcNow() + TimeSpan.FromMilliseconds(20)).Where(w => w > TimeSpan.Zero);
        return ends.Append(Look).Min();
    }

    // Records compare lists by reference.
    private static bool Same(AgentView x, AgentView y) => x with { Categories = y.Categories } == y && x.Categories.SequenceEqual(y.Categories);
}
