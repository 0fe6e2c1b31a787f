using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Live;

/// <summary>What every hub method answers: one of the two is null.</summary>
public sealed record Reply(object? Value, HubRefusal? Refusal)
{
    public static Reply Of<T>(Outcome<T> outcome) => outcome.Ok ? new(outcome.Value is Done ? new { } : outcome.Value, null) : No(outcome.Refusal);

    public static Reply No(Refusal refusal) => new(null, new(refusal.Code, refusal.Message, refusal.Fields, refusal.By, refusal.Instead));
}

/// <summary>A refusal as hub clients see it.</summary>
public sealed record HubRefusal(string Code, string Message, IReadOnlyDictionary<string, string[]>? Fields, Winner? By, OtherTicket? Instead);
