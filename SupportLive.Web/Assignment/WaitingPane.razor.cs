using Microsoft.AspNetCore.Components;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Web.Live;

namespace SupportLive.Web.Assignment;

/// <summary>What the customer of a waiting ticket may expect.</summary>
public sealed partial class WaitingPane(WaitQueries waits) : LivePane
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private WaitView? wait;
    private bool looking;

    [Parameter, EditorRequired] public Guid TicketId { get; set; }

    protected override async Task Load()
    {
        Listen(Topic.Queue);
        await Read();
        if (!Ready || looking) return;
        looking = true;
        _ = LookAgain();
    }

    private async Task Read() => wait = (await waits.Of(Me, TicketId.ToString(), Gone)).Value;

    // Time passes and agents come, also when the queue stands still.
    private async Task LookAgain()
    {
        while (true)
        {
            await Task.Delay(Look, Time, CancellationToken.None);
            if (Gone.IsCancellationRequested) return;
            try
            {
                await InvokeAsync(async () =>
                {
                    await Read();
                    Refresh();
                });
            }
            catch (Exception e)
            {
                if (!Gone.IsCancellationRequested && !Outage.Is(e)) Log.LogWarning(e, "A waiting customer could not be told the place");
            }
        }
    }

    protected override async ValueTask<bool> Apply(LiveEvent happened)
    {
        if (happened is not QueueMoved || Gone.IsCancellationRequested) return false;
        await Read();
        return true;
    }

    private static string Sentence(int position, WaitView wait)
    {
        if (wait.Online == 0)
            return $"Nobody is online right now. {(wait.Hours is { } hours ? $"{hours} Your ticket is kept" : "Your ticket is kept, and we answer it as soon as somebody is back")}. You can leave this page.";
        var first = position == 1 ? "You are next." : $"You are number {position} in the queue.";
        if (wait is not { WaitFromSeconds: { } from, WaitToSeconds: { } to }) return $"{first} Somebody will be with you soon; you can leave this page.";
        var (low, high) = (Math.Max(1, (int)Math.Floor(from / 60.0)), Math.Max(1, (int)Math.Ceiling(to / 60.0)));
        return low == high ? $"{first} Usually about {Minutes(low)}." : high < 120 ? $"{first} Usually {low}–{Minutes(high)}." : $"{first} Usually up to {high / 60 + 1} hours.";
    }

    private static string Minutes(int n) => n == 1 ? "1 minute" : $"{n} minutes";
}
