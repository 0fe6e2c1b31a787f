using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>How tickets find somebody. What is left out of a change stays as it is.</summary>
/// <param name="OfferSeconds">How long an offer stands: 5–600.</param>
/// <param name="DefaultCapacity">Of agents who have none of their own: 0–1,000, in the units of the weights.</param>
/// <param name="Weights">What a conversation counts, by priority: 0–100 each.</param>
public sealed record AssignmentSettings(AssignmentMode? Mode, int? OfferSeconds, int? DefaultCapacity, PriorityWeights? Weights)
{
    public const int MostCapacity = 1000;

    public static SettingKey<AssignmentSettings> Key { get; } = new("assignment", new(AssignmentMode.Manual, 30, 12, new(1, 2, 3, 5)));

    public AssignmentSettings Over(AssignmentSettings before) => new(
        Mode ?? before.Mode, OfferSeconds ?? before.OfferSeconds, DefaultCapacity ?? before.DefaultCapacity,
        new(Weights?.Low ?? before.Weights!.Low, Weights?.Medium ?? before.Weights!.Medium, Weights?.High ?? before.Weights!.High, Weights?.Urgent ?? before.Weights!.Urgent));

    public Refusal? Check()
    {
        var check = new Check().That(Mode is { } m && Enum.IsDefined(m), "mode", "Choose manual, offer or direct.")
            .That(OfferSeconds is >= 5 and <= 600, "offerSeconds", "An offer stands for 5 to 600 seconds.")
            .That(DefaultCapacity is >= 0 and <= MostCapacity, "defaultCapacity", $"A capacity is a whole number from 0 to {MostCapacity:N0}.");
        foreach (var priority in Enum.GetValues<TicketPriority>())
            check.That(Weights!.Of(priority) is >= 0 and <= 100, $"weights.{priority.ToString().ToLowerInvariant()}", "A weight is a number from 0 to 100.");
        return check.Refusal;
    }
}

/// <summary>Manual: first to accept wins. Offer: the best agent is asked. Direct: the best agent gets it.</summary>
public enum AssignmentMode { Manual, Offer, Direct }

public sealed record PriorityWeights(double? Low, double? Medium, double? High, double? Urgent)
{
    public double? Of(TicketPriority priority) => priority switch
    {
        TicketPriority.Low => Low,
        TicketPriority.Medium => Medium,
        TicketPriority.High => High,
        TicketPriority.Urgent => Urgent,
        _ => throw new InvalidOperationException($"Unknown priority {priority}."),
    };

    /// <summary>In the order of priorities, as SQL takes them.</summary>
    internal double[] All => [.. Enum.GetValues<TicketPriority>().Select(p => Of(p)!.Value)];
}
