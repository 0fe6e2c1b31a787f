using System.Globalization;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>Rules in words.</summary>
public static class RuleWords
{
    /// <summary>What a ticket had waited for when the rule fired: "No first response for 10 minutes".</summary>
    public static string Waited(Rule rule) =>
        $"{Missing(rule.When.WaitingFor)} for {Span(rule.AfterMinutes)}{(rule.Hours == CountedHours.Business ? " of business hours" : "")}";

    private static string Missing(WaitingFor? waitingFor) => waitingFor switch
    {
        WaitingFor.FirstResponse => "No first response",
        WaitingFor.Reply => "No reply",
        WaitingFor.Resolution => "Not solved",
        WaitingFor.Customer => "Nothing from the customer",
        _ => throw new InvalidOperationException($"Unknown wait {waitingFor}."),
    };

    /// <summary>A rule as one sentence: "When a ticket that is open with priority high or urgent has waited 10 minutes for a first response, then escalate and notify managers."</summary>
    public static string Sentence(RuleView rule, Func<string, string> category) =>
        $"When a ticket{Which(rule.When, category)} has waited {Span(rule.AfterMinutes)}{(rule.Hours == CountedHours.Business ? " of business hours" : "")} for {AwaitedBy(rule.When.WaitingFor)}, then {Listed([.. rule.Then.Select(Deed)], "and")}.";

    private static string Which(RuleWhen when, Func<string, string> category)
    {
        string[] parts =
        [
            .. when.Status is { Count: > 0 } status ? [$" that is {Listed([.. status.Select(Status)], "or")}"] : Array.Empty<string>(),
            .. when.Priority is { Count: > 0 } priority ? [$" with priority {Listed([.. priority.Order().Select(p => p.ToString().ToLowerInvariant())], "or")}"] : Array.Empty<string>(),
            .. when.Category is { Count: > 0 } keys ? [$" about {Listed([.. keys.Select(category)], "or")}"] : Array.Empty<string>(),
        ];
        return string.Concat(parts);
    }

    private static string Status(TicketStatus status) => status == TicketStatus.InProgress ? "in progress" : status.ToString().ToLowerInvariant();

    public static string AwaitedBy(WaitingFor? waitingFor) => waitingFor switch
    {
        WaitingFor.FirstResponse => "a first response",
        WaitingFor.Reply => "a reply",
        WaitingFor.Resolution => "a solution",
        WaitingFor.Customer => "the customer",
        _ => "something",
    };

    private static string Deed(RuleAction action) => action.Action switch
    {
        RuleDoes.RaisePriority => action.Value is { } to ? $"raise the priority to {to}" : "raise the priority",
        RuleDoes.Escalate => "escalate",
        RuleDoes.Reassign => action.Value == "manager" ? "reassign to a manager" : "reassign to the best agent",
        RuleDoes.Notify => action.Value == "assignee" ? "notify the assignee" : "notify managers",
        RuleDoes.Tag => $"tag “{action.Value}”",
        RuleDoes.Email => action.Value switch { "managers" => "e-mail managers", "assignee" => "e-mail the assignee", "customer" => "e-mail the customer", _ => $"e-mail {action.Value}" },
        _ => "do something",
    };

    /// <summary>"90 seconds", "10 minutes", "2 hours", "3 days".</summary>
    public static string Span(double minutes)
    {
        var (number, unit) = minutes switch
        {
            < 1 => (minutes * 60, "second"),
            >= 2880 when minutes % 1440 == 0 => (minutes / 1440, "day"),
            >= 60 when minutes % 60 == 0 => (minutes / 60, "hour"),
            _ => (minutes, "minute"),
        };
        return $"{number.ToString("0.##", CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")}";
    }

    public static string Listed(IReadOnlyList<string> parts, string last) =>
        parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.Take(parts.Count - 1))} {last} {parts[^1]}";
}
