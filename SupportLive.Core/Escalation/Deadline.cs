namespace SupportLive.Core.Escalation;

/// <summary>
/// When to look at a ticket for a rule, and for which wait the rule has fired. The look may come too early, since an answer or a closing
/// moves no row: then nothing happens but a new look at the right time. It never comes too late, because what brings a deadline forward
/// (a move, a changed rule) plans anew.
/// </summary>
public sealed class Deadline
{
    public required Guid TicketId { get; init; }

    /// <summary>The rule, or <see cref="Watch.Closing"/>.</summary>
    public required Guid RuleId { get; init; }

    /// <summary>Null when there is nothing to look for.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The anchor of the wait that it fired for last; it never fires for that one again.</summary>
    public DateTimeOffset? FiredFor { get; set; }

    public DateTimeOffset? FiredAt { get; set; }
}

/// <summary>For which making of a watch all tickets have been planned.</summary>
public sealed class PlannedWatch
{
    public required Guid RuleId { get; init; }

    public required string Made { get; set; }
}
