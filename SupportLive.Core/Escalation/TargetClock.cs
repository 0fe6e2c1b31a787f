using Microsoft.Extensions.Hosting;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>
/// When tickets are due by the targets as they are now. Computed from the ticket itself, never stored: so a page that knows the ticket
/// knows its countdown, and no event has to tell it. Answers from memory, because it is asked under ticket locks and for every row drawn.
/// </summary>
public sealed class TargetClock(Settings settings, LiveStream stream, OutageLog outages) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    private volatile DueTimes times = new(new(Targets.Key.Default, 0, null, null), new(BusinessHours.Key.Default, 0, null, null));

    public DueTimes Times => times;

    /// <summary>Reads what has been set, for whoever has just heard of a change.</summary>
    public async Task<DueTimes> Refresh(CancellationToken ct)
    {
        var (targets, hours) = (await settings.Get(Targets.Key, ct), await settings.Get(BusinessHours.Key, ct));
        return times.IsMadeOf(targets, hours) ? times : times = new DueTimes(targets, hours);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = stream.Subscribe(16);
        subscription.Add(Topic.Settings);
        var changes = subscription.Read(stoppingToken).GetAsyncEnumerator(stoppingToken);
        var change = changes.MoveNextAsync().AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(change, Task.Delay(Look, stoppingToken)); // a lost signal costs a few seconds
            if (change.IsCompleted) change = changes.MoveNextAsync().AsTask();
            try
            {
                await Refresh(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }
        }
    }
}

/// <summary>Due times by one state of the targets and hours.</summary>
public sealed class DueTimes(Setting<Targets> targets, Setting<BusinessHours> hours)
{
    private readonly BusinessTime? time = targets.Value.Hours == CountedHours.Business ? hours.Value.Time() : null;

    /// <summary>What is wanted.</summary>
    public Targets Targets => targets.Value;

    /// <summary>The time that counts; null for all of it.</summary>
    public BusinessTime? Hours => time;

    internal bool IsMadeOf(Setting<Targets> t, Setting<BusinessHours> h) => (t.Version, t.ChangedAt, h.Version, h.ChangedAt) == (targets.Version, targets.ChangedAt, hours.Version, hours.ChangedAt);

    /// <summary>The next target of a ticket that somebody has to work on; null when it has none, or the desk never opens.</summary>
    public DueView? Of(TicketSnapshot ticket)
    {
        if (ticket.Status is not (TicketStatus.Open or TicketStatus.InProgress)) return null;
        var answer = ticket.FirstResponseAt is null ? Due(targets.Value.FirstResponse, ticket) : null;
        var solution = Due(targets.Value.Resolution, ticket);
        if (answer is null && solution is null) return null;
        return solution is null || answer <= solution ? new DueView(answer!.Value, DueKind.FirstResponse) : new DueView(solution.Value, DueKind.Resolution);
    }

    private DateTimeOffset? Due(TargetMinutes? minutes, TicketSnapshot ticket) =>
        minutes?.For(ticket.Priority) is not { } m ? null
        : time is null ? ticket.CreatedAt.AddMinutes(m)
        : time.Add(ticket.CreatedAt, TimeSpan.FromMinutes(m));
}
