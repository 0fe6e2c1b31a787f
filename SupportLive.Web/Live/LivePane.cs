using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Web.Accounts;

namespace SupportLive.Web.Live;

/// <summary>
/// A part of a page that moves by itself. It shows restored state first, subscribes, loads, and then applies what comes; when the stream
/// says that something was missed, it loads again. Everything runs on the page's own dispatcher; bursts are drawn at most ten times a second.
/// </summary>
public abstract partial class LivePane : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource gone = new();
    private Subscription? subscription;
    private long drawn;
    private bool due;
    private bool soon;
    private bool looks;

    protected LivePane() => Gone = gone.Token;

    [Inject] public LiveStream Stream { get; set; } = null!;

    [Inject] public CurrentActor Who { get; set; } = null!;

    [Inject] public NavigationManager Navigation { get; set; } = null!;

    [Inject] public NotificationService Toasts { get; set; } = null!;

    [Inject] public TimeProvider Time { get; set; } = null!;

    [Inject] public Meters Counts { get; set; } = null!;

    [Inject] public ILogger<LivePane> Log { get; set; } = null!;

    [CascadingParameter] public Task<AuthenticationState> Authentication { get; set; } = null!;

    protected Actor Me { get; private set; } = null!;

    /// <summary>False while the page is only a picture: nothing may be clicked yet.</summary>
    protected bool Ready => RendererInfo.IsInteractive;

    protected CancellationToken Gone { get; }

    protected override async Task OnInitializedAsync()
    {
        Me = (await Authentication).User.ToActor() ?? throw new InvalidOperationException("A live pane stands on a page that demands an account.");
        Restore();
        if (!Ready)
        {
            await Load();
            return;
        }

        subscription = Stream.Subscribe();
        _ = Run();
    }

    /// <summary>Takes over what the first, static rendering has left, so that nothing flickers.</summary>
    protected virtual void Restore() { }

    /// <summary>Listens first, reads then; called at the start and whenever something may have been missed.</summary>
    protected abstract Task Load();

    /// <summary>Whether this changed what is shown.</summary>
    protected abstract ValueTask<bool> Apply(LiveEvent happened);

    protected void Listen(Topic topic) => subscription?.Add(topic);

    private async Task Run()
    {
        while (!gone.IsCancellationRequested)
        {
            try
            {
                Listen(Topic.Account(Me.Id));
                await Load();
                Refresh();
                await foreach (var happened in subscription!.Read(Gone)) await Take(happened);
                return;
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!Outage.Is(e)) Log.LogWarning(e, "A pane could not follow and loads again");
                await Task.Delay(Pause, Time, CancellationToken.None);
            }
        }
    }

    private async Task Take(LiveEvent happened)
    {
        if (happened is AccessChanged changed)
        {
            if (changed.AccountId == Me.Id && !Same(await Who.Get(Gone)))
            {
                Navigation.Refresh(forceReload: true);
                return;
            }

            if (!await Apply(happened)) return;
        }

        else if (happened is StreamInterrupted) await Load();
        else if (!await Apply(happened)) return;
        Refresh();
    }

    // A page shows what its reader may do; with other rights it is another page.
    private bool Same(Actor? now) => now is not null && now.Permissions.SetEquals(Me.Permissions);

    /// <summary>Draws now, or with the next beat when the last drawing was only just.</summary>
    protected void Refresh()
    {
        if (due || gone.IsCancellationRequested) return;
        var wait = Beat - Time.GetElapsedTime(drawn);
        if (wait <= TimeSpan.Zero) Draw();
        else _ = DrawIn(wait);
    }

    /// <summary>Reads again in a moment, once for all that happens until then: for storms in which each event would cost a read of its own.</summary>
    protected async Task Soon(Func<Task> read)
    {
        if (soon) return;
        soon = true;
        try
        {
            await Task.Delay(Gather, Time, Gone);
            soon = false;
            await read();
            Refresh();
        }
        catch (Exception e) when (gone.IsCancellationRequested || Outage.Is(e))
        {
            soon = false; // nobody looks any more, or the next event reads again
        }
    }

    /// <summary>For what nobody signals; from the first call on.</summary>
    protected void LookEvery(TimeSpan pace, Func<Task<bool>> look)
    {
        if (!Ready || looks) return;
        looks = true;
        _ = PeriodicLook.Every(pace, look, Refresh, Time, Log, Gone);
    }

    /// <summary>For what ends by time alone, such as "is typing".</summary>
    protected async Task DrawIn(TimeSpan wait)
    {
        due = wait <= Beat;
        await Task.Delay(wait, Time, CancellationToken.None);
        if (!gone.IsCancellationRequested) Draw();
    }

    private void Draw()
    {
        (due, drawn) = (false, Time.GetTimestamp());
        StateHasChanged();
    }

    public virtual ValueTask DisposeAsync()
    {
        gone.Cancel();
        subscription?.Dispose();
        gone.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }
}
