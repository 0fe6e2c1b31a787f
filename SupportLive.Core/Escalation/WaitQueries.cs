using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Escalation;

/// <summary>What a customer may expect who waits, or is about to: the own place, and while nobody is online when we answer.</summary>
public sealed class WaitQueries(QueueQueries queue, Settings settings, TimeProvider time)
{
    private volatile Known? known;

    /// <summary>Of the own ticket, or for staff of any.</summary>
    public async Task<Outcome<WaitView>> Of(Actor actor, string? ticket, CancellationToken ct)
    {
        var found = await queue.Position(actor, ticket, ct);
        if (!found.Ok) return found.Refusal;
        var view = new WaitView(found.Value.Position, found.Value.WaitFromSeconds, found.Value.WaitToSeconds, found.Value.Online);
        return view.Position is null ? view : await WhileNobodyIsOnline(view, ct);
    }

    /// <summary>For who has no ticket yet.</summary>
    public async Task<WaitView> Now(CancellationToken ct) => await WhileNobodyIsOnline(new WaitView(null, null, null, await queue.Online(ct)), ct);

    private async Task<WaitView> WhileNobodyIsOnline(WaitView view, CancellationToken ct)
    {
        if (view.Online > 0) return view;
        var hours = (await settings.Get(BusinessHours.Key, ct)).Value;
        var week = known;
        if (!ReferenceEquals(week?.Hours, hours)) known = week = new Known(hours, hours.Time(), HoursWords.Week(hours));
        var now = time.GetUtcNow();
        if (week!.Time.Opens(now) is not { } opens) return view; // it never does: there is nothing to promise
        return opens <= now
            ? view with { Hours = $"We answer {week.Week}." }
            : view with { NextOpenAt = opens, Hours = $"We answer {week.Week}. You will likely hear from us {HoursWords.From(opens, now, week.Time.Zone)}." };
    }

    private sealed record Known(BusinessHours Hours, BusinessTime Time, string? Week);
}

/// <summary>What a waiting customer may know.</summary>
/// <param name="Position">1 is next; null when the ticket waits no more.</param>
/// <param name="WaitFromSeconds">From the waits of today; null when there are too few to tell.</param>
/// <param name="Online">How many agents are available now.</param>
/// <param name="NextOpenAt">When the business hours begin again; null while somebody is online, during the hours, or when they never begin.</param>
/// <param name="Hours">In words, while nobody is online: when we answer, and when that is next.</param>
public sealed record WaitView(int? Position, int? WaitFromSeconds, int? WaitToSeconds, int Online, DateTimeOffset? NextOpenAt = null, string? Hours = null);
