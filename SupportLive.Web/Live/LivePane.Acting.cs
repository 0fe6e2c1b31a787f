using Radzen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Errors;

namespace SupportLive.Web.Live;

/// <summary>What people do on a pane, and what they are told of it.</summary>
public abstract partial class LivePane
{
    /// <summary>Acts with the rights of this moment; a refusal is told to the person, and returned.</summary>
    protected async Task<Outcome<T>> Act<T>(Func<Actor, Task<Outcome<T>>> act, bool quiet = false)
    {
        var outcome = await Attempt(act);
        if (outcome.Refusal is not { } refusal) return outcome;
        Counts.Refused(refusal.Code);
        if (!quiet) Tell(refusal.Message, refusal.Kind == RefusalKind.Conflict ? NotificationSeverity.Info : NotificationSeverity.Error);
        return outcome;
    }

    private async Task<Outcome<T>> Attempt<T>(Func<Actor, Task<Outcome<T>>> act)
    {
        try
        {
            if (await Who.Get(Gone) is { } actor) return await act(actor);
            Navigation.Refresh(forceReload: true);
            return Refusal.Forbidden("Please log in again.");
        }
        catch (Exception e) when (!gone.IsCancellationRequested)
        {
            if (!Outage.Is(e)) Log.LogError(e, "An action of a page failed");
            return ApiErrors.Of(e);
        }
    }

    protected void Tell(string sentence, NotificationSeverity severity = NotificationSeverity.Success) => Toasts.Notify(severity, sentence, duration: 5000);
}
