using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>Something that is to happen to a ticket that has stood still for long enough: a rule, or the closing of what is solved.</summary>
/// <param name="Id">The rule's, or <see cref="Closing"/>.</param>
/// <param name="Made">What the plans made from it depend on; a watch that is made of something else plans all tickets anew.</param>
/// <param name="Rule">Null for the closing.</param>
/// <param name="Hours">The time that counts; null for all of it.</param>
public sealed record Watch(Guid Id, string Made, Rule? Rule, TimeSpan After, BusinessTime? Hours)
{
    public static readonly Guid Closing = new("00000000-0000-0000-0000-00000000c105");

    public static Watch Of(Rule rule, Data.Setting<BusinessHours> hours, BusinessTime time) => rule.Hours == CountedHours.Business
        ? new(rule.Id, $"rule {rule.Version} hours {hours.Version}", rule, TimeSpan.FromMinutes(rule.AfterMinutes), time)
        : new(rule.Id, $"rule {rule.Version}", rule, TimeSpan.FromMinutes(rule.AfterMinutes), null);

    public static Watch CloseAfter(int days) => new(Closing, $"{days} days", null, TimeSpan.FromDays(days), null);

    /// <summary>Whether messages, and not only moves, can start its waiting.</summary>
    public bool HearsMessages => Rule?.When.WaitingFor is WaitingFor.Reply or WaitingFor.Customer;

    /// <summary>Whether it can concern tickets in this status.</summary>
    public bool Concerns(TicketStatus status) => Rule is null ? status == TicketStatus.Resolved : status is TicketStatus.Open or TicketStatus.InProgress;

    /// <summary>When it is due for this ticket as it stands; null while there is nothing to wait for.</summary>
    public Plan? Plan(TicketFacts ticket)
    {
        var anchor = Rule is null ? ticket.Status == TicketStatus.Resolved ? ticket.ResolvedAt : null : Rule.When.Anchor(ticket);
        if (anchor is not { } since) return null;
        var due = Hours is null ? since + After : Hours.Add(since, After);
        return due is { } at ? new Plan(since, at) : null;
    }
}

/// <summary>That a watch is due at an instant, for a wait that began at the anchor.</summary>
public readonly record struct Plan(DateTimeOffset Anchor, DateTimeOffset DueAt);
