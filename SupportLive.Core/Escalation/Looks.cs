namespace SupportLive.Core.Escalation;

/// <summary>The arithmetic of deadlines: when to look, and what to do then. Pure, so that it can be tried against a plain model.</summary>
public static class Looks
{
    /// <summary>When a look must be planned (anew) so that the watch is not late for this ticket; null when what is known will do.</summary>
    public static DateTimeOffset? Needed(Watch watch, TicketFacts ticket, DateTimeOffset? planned, DateTimeOffset? firedFor) =>
        watch.Plan(ticket) is { } plan && plan.Anchor != firedFor && !(planned <= plan.DueAt) ? plan.DueAt : null;

    /// <summary>What a look finds.</summary>
    /// <param name="watch">Null when the rule is gone or off.</param>
    public static Finding Judge(Watch? watch, TicketFacts ticket, DateTimeOffset? firedFor, DateTimeOffset now)
    {
        if (watch?.Plan(ticket) is not { } plan || plan.Anchor == firedFor) return default;
        return plan.DueAt > now ? new Finding(null, plan.DueAt) : new Finding(plan.Anchor, null);
    }
}

/// <summary>Fire for this anchor, or look again then, or (neither) forget it.</summary>
public readonly record struct Finding(DateTimeOffset? FireFor, DateTimeOffset? LookAt);
