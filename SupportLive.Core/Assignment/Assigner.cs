using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>
/// Automatic assignment, on every node: when a ticket, an agent or the settings move, it ends offers that are over and gives what waits. All
/// nodes may try at once; <see cref="Giving"/> makes one of them do it. Between events it sleeps until the next offer is over, and looks
/// every <see cref="Look"/> anyway: for what fell silent, and for what a dead node has left.
/// </summary>
public sealed class Assigner(Giving giving, Settings settings, LiveStream stream, TimeProvider time, OutageLog outages, ILogger<Assigner> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private volatile bool idle;

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
            if (Matters(happened)) wake.Writer.TryWrite(true);
        }
    }

    // Where people take tickets themselves, moves cost nothing here.
    private bool Matters(LiveEvent happened) => happened switch
    {
        PresenceChanged => false,
        TicketChanged changed => !idle || changed.Ticket.Offer is not null,
        AgentsChanged => !idle,
        _ => true,
    };

    private async Task Work(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var wait = Look;
            try
            {
                wait = await Pass(ct);
            }
            catch (Exception e) when (Outage.Is(e) && !ct.IsCancellationRequested)
            {
                outages.Failed(e);
                await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "Automatic assignment failed and tries again");
                await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
            }

            using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var woken = wake.Reader.WaitToReadAsync(timer.Token).AsTask();
            await Task.WhenAny(woken, Task.Delay(wait, time, timer.Token));
            await timer.CancelAsync();
            wake.Reader.TryRead(out _);
        }
    }

    // How long there is nothing to do, unless something happens.
    private async Task<TimeSpan> Pass(CancellationToken ct)
    {
        var now = (await settings.Get(AssignmentSettings.Key, ct)).Value;
        var next = await giving.EndOffers(now, ct);
        idle = now.Mode == AssignmentMode.Manual && next is null;
        while (now.Mode != AssignmentMode.Manual && await giving.Next(now, ct) is { } until) next = until < next ? until : next ?? until;
        if (next is not { } at) return Look;
        var wait = at - time.GetUtcNow() + TimeSpan.FromMilliseconds(5);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < Look ? wait : Look;
    }
}
