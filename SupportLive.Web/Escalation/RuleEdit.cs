using SupportLive.Core.Escalation;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Escalation;

/// <summary>A rule while somebody writes it.</summary>
public sealed class RuleEdit(RuleView? from)
{
    private static readonly int[] Units = [1440, 60, 1];

    private static int UnitOf(double minutes) => Array.Find(Units, unit => unit == 1 || minutes % unit == 0);

    public Guid? Id { get; } = from?.Id;

    public string Name { get; set; } = from?.Name ?? "";

    public HashSet<TicketStatus> Status { get; } = [.. from?.When.Status ?? []];

    public HashSet<TicketPriority> Priority { get; } = [.. from?.When.Priority ?? []];

    public HashSet<string> Category { get; } = [.. from?.When.Category ?? []];

    public WaitingFor WaitingFor { get; set; } = from?.When.WaitingFor ?? WaitingFor.FirstResponse;

    /// <summary>Minutes in one of <see cref="Unit"/>.</summary>
    public int Unit { get; set; } = UnitOf(from?.AfterMinutes ?? 10);

    public double? After { get; set; } = from is null ? 10 : from.AfterMinutes / UnitOf(from.AfterMinutes);

    public CountedHours Hours { get; set; } = from?.Hours ?? CountedHours.Always;

    public List<ActionEdit> Then { get; } = from is null ? [new() { Action = RuleDoes.Escalate }, new() { Action = RuleDoes.Notify }] : [.. from.Then.Select(a => new ActionEdit { Action = a.Action!.Value, Value = a.Value })];

    /// <summary>Puts it in or takes it out.</summary>
    public static void Toggle<T>(HashSet<T> set, T one)
    {
        if (!set.Remove(one)) set.Add(one);
    }

    public RuleDraft Draft() => new(
        Name, from?.Enabled ?? true, new RuleWhen([.. Status.Order()], [.. Priority.Order()], [.. Category], WaitingFor), After * Unit, Hours, [.. Then.Select(a => new RuleAction(a.Action, a.Value))], from?.Version);
}

/// <summary>One of its actions.</summary>
public sealed class ActionEdit
{
    private RuleDoes action;

    public RuleDoes Action
    {
        get => action;
        set => (action, Value) = (value, value == RuleDoes.Email ? "managers" : null);
    }

    public string? Value { get; set; }
}
