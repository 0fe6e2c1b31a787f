using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>
/// An escalation rule: when a ticket like this has waited for so long, do that. It fires once per ticket and per anchor, the instant from
/// which the waiting counts; nothing that a rule does moves an anchor, so no rule can start itself again.
/// </summary>
public sealed class Rule
{
    public const double MostMinutes = 366 * 24 * 60;

    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required bool Enabled { get; set; }
    public required RuleWhen When { get; set; }
    public required double AfterMinutes { get; set; }
    public required CountedHours Hours { get; set; }
    public required RuleAction[] Then { get; set; }

    /// <summary>Moved by every change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The priority of a ticket after this rule.</summary>
    public TicketPriority Raised(TicketPriority from)
    {
        var priority = from;
        foreach (var raise in Then.Where(a => a.Action == RuleDoes.RaisePriority))
        {
            var to = RuleDraft.TryPriority(raise.Value, out var wanted) ? wanted : from + 1;
            if (to > priority && to <= TicketPriority.Urgent) priority = to;
        }

        return priority;
    }

    public RuleView View() => new(Id, Name, Enabled, When, AfterMinutes, Hours, Then, Version);
}

/// <summary>Which tickets, and what they wait for. An empty list means any.</summary>
public sealed record RuleWhen(IReadOnlyList<TicketStatus>? Status, IReadOnlyList<TicketPriority>? Priority, IReadOnlyList<string>? Category, WaitingFor? WaitingFor)
{
    /// <summary>Since when such a ticket has waited for this; null while it does not.</summary>
    public DateTimeOffset? Anchor(TicketFacts ticket)
    {
        if (!Holds(Status, ticket.Status) || !Holds(Priority, ticket.Priority) || !Holds(Category, ticket.Category)) return null;
        if (ticket.Status is not (TicketStatus.Open or TicketStatus.InProgress)) return null;
        return WaitingFor switch
        {
            Escalation.WaitingFor.FirstResponse => ticket.FirstResponseAt is null ? ticket.CreatedAt : null,
            Escalation.WaitingFor.Reply => ticket.WaitingSince,
            Escalation.WaitingFor.Resolution => ticket.CreatedAt,
            Escalation.WaitingFor.Customer => ticket.Status == TicketStatus.InProgress && ticket.WaitingSince is null ? ticket.LastMessageAt : null,
            _ => throw new InvalidOperationException($"Unknown wait {WaitingFor}."),
        };
    }

    private static bool Holds<T>(IReadOnlyList<T>? any, T one) => any is null or { Count: 0 } || any.Contains(one);
}

/// <summary>
/// FirstResponse: since opening, until staff answers first. Reply: since the customer's first unanswered message. Resolution: since opening,
/// until it is solved. Customer: since our last message, until the customer writes.
/// </summary>
public enum WaitingFor { FirstResponse, Reply, Resolution, Customer }

/// <summary>One thing to do.</summary>
/// <param name="Value">
/// raise_priority: at least this one, none for the next higher. reassign: <c>best</c> or <c>manager</c>. notify: <c>managers</c> or
/// <c>assignee</c>. tag: the tag. email: an address, <c>managers</c>, <c>assignee</c> or <c>customer</c>.
/// </param>
public sealed record RuleAction(RuleDoes? Action, string? Value = null);

public enum RuleDoes { RaisePriority, Escalate, Reassign, Notify, Tag, Email }

/// <summary>A rule as managers see it.</summary>
public sealed record RuleView(Guid Id, string Name, bool Enabled, RuleWhen When, double AfterMinutes, CountedHours Hours, IReadOnlyList<RuleAction> Then, int Version);

/// <summary>What a rule looks at, and nothing else.</summary>
public readonly record struct TicketFacts(
    Guid Id, TicketStatus Status, TicketPriority Priority, string Category, DateTimeOffset CreatedAt,
    DateTimeOffset? FirstResponseAt, DateTimeOffset? WaitingSince, DateTimeOffset? ResolvedAt, DateTimeOffset? LastMessageAt)
{
    public static TicketFacts Of(Ticket t) => new(t.Id, t.Status, t.Priority, t.Category, t.CreatedAt, t.FirstResponseAt, t.WaitingSince, t.ResolvedAt, t.LastMessageAt);

    public static TicketFacts Of(TicketSnapshot t) => new(t.Id, t.Status, t.Priority, t.Category, t.CreatedAt, t.FirstResponseAt, t.WaitingSince, t.ResolvedAt, t.LastMessageAt);
}
