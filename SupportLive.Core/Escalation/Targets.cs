using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>How soon tickets are to be answered and solved. A target shows as a countdown; what happens when it is missed is up to the rules.</summary>
/// <param name="FirstResponse">Minutes from opening to the first answer.</param>
/// <param name="Resolution">Minutes from opening to solved.</param>
/// <param name="Hours">Which time counts.</param>
/// <param name="CloseAfterDays">Days after which a solved ticket closes by itself; null: never.</param>
public sealed record Targets(TargetMinutes? FirstResponse, TargetMinutes? Resolution, CountedHours? Hours, int? CloseAfterDays)
{
    public static SettingKey<Targets> Key { get; } = new("targets", new(new(480, 240, 60, 15), new(4800, 2400, 960, 240), CountedHours.Business, 7));

    public Refusal? Check()
    {
        var check = new Check().That(Hours is { } h && Enum.IsDefined(h), "hours", "Choose which hours count: always or business.")
            .That(CloseAfterDays is null or (>= 1 and <= 365), "closeAfterDays", "Solved tickets close after 1 to 365 days, or never.");
        foreach (var (field, minutes) in new[] { ("firstResponse", FirstResponse), ("resolution", Resolution) })
        {
            foreach (var priority in Enum.GetValues<TicketPriority>())
            {
                check.That(minutes?.For(priority) is null or (> 0 and <= Rule.MostMinutes), $"{field}.{priority.ToString().ToLowerInvariant()}",
                    "A target is a number of minutes, more than none and at most a year; leave it out for no target.");
            }
        }

        return check.Refusal;
    }
}

/// <summary>A target per priority, in minutes; null: none.</summary>
public sealed record TargetMinutes(double? Low, double? Medium, double? High, double? Urgent)
{
    public double? For(TicketPriority priority) => priority switch
    {
        TicketPriority.Low => Low,
        TicketPriority.Medium => Medium,
        TicketPriority.High => High,
        TicketPriority.Urgent => Urgent,
        _ => throw new InvalidOperationException($"Unknown priority {priority}."),
    };
}

/// <summary>Which time counts: around the clock, or only while the desk is open.</summary>
public enum CountedHours { Always, Business }
