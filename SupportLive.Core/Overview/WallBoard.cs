using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Overview;

/// <summary>
/// This node's picture of the whole desk: loaded once, moved by events, drawn at most <see cref="Beat"/> apart, and told to everybody who
/// watches here. So a burst costs the same for one open wall as for fifty, and nothing when there is none.
/// </summary>
public sealed class WallBoard(
    WallQueries queries, Settings settings, TargetClock targets, LiveStream stream, Signals signals, TimeProvider time, ILogger<WallBoard> log) : BackgroundService
{
    /// <summary>Figures that move by time alone, such as what is late, are true to this.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly WallState state = new();
    private readonly Channel<bool> moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly SemaphoreSlim wanted = new(0, 1);
    private readonly Lock asking = new();
    private TaskCompletionSource<WallView> first = New();
    private WallView? shown;
    private long lastAsked;
    private int watchers;

    private static TaskCompletionSource<WallView> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The picture of now; afterwards it is told to <see cref="Topic.Wall"/> for as long as somebody keeps watching.</summary>
    public async Task<Outcome<WallView>> Now(Actor actor, CancellationToken ct)
    {
        if (!actor.May(Permissions.OverviewRead)) return Refusal.Forbidden();
        Task<WallView> view;
        lock (asking)
        {
            lastAsked = time.GetTimestamp();
            view = first.Task;
            if (wanted.CurrentCount == 0) wanted.Release();
        }

        return await view.WaitAsync(ct);
    }

    /// <summary>Keeps the picture moving until it is disposed.</summary>
    public IDisposable Watch()
    {
        Interlocked.Increment(ref watchers);
        return new Watcher(this);
    }

    private bool Watched => Volatile.Read(ref watchers) > 0 || time.GetElapsedTime(lastAsked) < Linger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await wanted.WaitAsync(stoppingToken);
            try
            {
                await Follow(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!Outage.Is(e)) log.LogWarning(e, "The overview could not follow and loads again");
                await Task.Delay(Look, time, stoppingToken);
                if (Watched) Want();
            }
        }
    }

    private void Want()
    {
        lock (asking)
        {
            if (wanted.CurrentCount == 0) wanted.Release();
        }
    }

    private async Task Follow(CancellationToken ct)
    {
        using var subscription = stream.Subscribe(65_536);
        foreach (var topic in (Topic[])[Topic.Staff, Topic.StaffChats, Topic.Settings]) subscription.Add(topic);
        await Load(ct); // after the subscription: what it knows already changes nothing
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var listening = Listen(subscription, over.Token);
        for (var stays = true; stays;)
        {
            await Show(ct);
            await Task.WhenAny(listening, Task.Delay(Beat, time, ct));
            await Task.WhenAny(listening, moved.Reader.WaitToReadAsync(ct).AsTask(), Task.Delay(Look, time, ct));
            stays = !listening.IsCompleted && (Watched || !End());
        }

        await over.CancelAsync();
        await listening;
    }

    private async Task Listen(Subscription subscription, CancellationToken ct)
    {
        try
        {
            await foreach (var happened in subscription.Read(ct))
            {
                if (happened is StreamInterrupted) await Load(ct);
                else if (happened is not SettingsChanged && !Take(happened)) continue;
                moved.Writer.TryWrite(true);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }

    private bool Take(LiveEvent happened)
    {
        lock (state) return state.Apply(happened);
    }

    // False when somebody has come in the last moment.
    private bool End()
    {
        lock (asking)
        {
            if (Watched) return false;
            (first, shown) = (New(), null);
            return true;
        }
    }

    private async Task Load(CancellationToken ct)
    {
        var load = await queries.Load(time.GetUtcNow(), await Today(ct), ct);
        lock (state) state.Load(load);
    }

    private async Task Show(CancellationToken ct)
    {
        var changed = moved.Reader.TryRead(out _);
        var (today, due) = (await Today(ct), await targets.Refresh(ct));
        WallView view;
        lock (state) view = state.View(time.GetUtcNow(), today, due);
        if (!changed && shown is not null && (shown.Late, shown.Today, shown.Conversations.Count) == (view.Late, view.Today, view.Conversations.Count)) return;
        shown = view;
        lock (asking)
        {
            if (first.Task.IsCompleted) first = New();
            first.SetResult(view);
        }

        signals.Here(new WallMoved(view));
    }

    // The desk's day, not the viewer's: who compares two walls reads the same figures.
    private async Task<DateTimeOffset> Today(CancellationToken ct) => (await settings.Get(BusinessHours.Key, ct)).Value.Time().Today(time.GetUtcNow());

    private sealed class Watcher(WallBoard board) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0) Interlocked.Decrement(ref board.watchers);
        }
    }
}
