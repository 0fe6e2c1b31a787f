using System.Net.Mail;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using static SupportLive.Core.Tickets.TicketStatus;

namespace SupportLive.Core.Escalation;

/// <summary>A rule as somebody wants it.</summary>
/// <param name="Version">That of the rule that is changed; without one the change is made whatever it was.</param>
public sealed record RuleDraft(string? Name, bool? Enabled, RuleWhen? When, double? AfterMinutes, CountedHours? Hours, IReadOnlyList<RuleAction>? Then, int? Version = null)
{
    private const int MostActions = 10;

    /// <summary>What is missing, unknown, or contradicts itself, field by field.</summary>
    public Refusal? Check(IReadOnlyCollection<string> categories)
    {
        var check = new Check().Text("name", "The name", Name, 1, 100)
            .That(Name?.AsSpan().IndexOfAny('\r', '\n') is null or -1, "name", "The name must be one line.")
            .That(AfterMinutes is > 0 and <= Rule.MostMinutes, "afterMinutes", "Write how many minutes: more than none, and at most a year.")
            .That(Hours is { } h && Enum.IsDefined(h), "hours", "Choose which hours count: always or business.")
            .That(When is not null, "when", "Say which tickets this rule is for.")
            .That(Then is { Count: > 0 }, "then", "A rule that does nothing is none: choose at least one action.")
            .That(Then is null or { Count: <= MostActions }, "then", $"A rule can do at most {MostActions} things.");
        if (When is { } when) Check(check, when, categories);
        for (var n = 0; n < Math.Min(Then?.Count ?? 0, MostActions); n++) Check(check, $"then[{n}]", n, Then![n]);
        return check.Refusal;
    }

    private static void Check(Check check, RuleWhen when, IReadOnlyCollection<string> categories)
    {
        check.That(when.WaitingFor is { } w && Enum.IsDefined(w), "when.waitingFor", "Say what the ticket waits for.")
            .That((when.Category ?? []).All(categories.Contains), "when.category", "Choose categories out of the list.")
            .That((when.Status ?? []).All(Enum.IsDefined) && (when.Priority ?? []).All(Enum.IsDefined), "when", "There is no such status or priority.");
        foreach (var status in when.Status ?? [])
        {
            check.That(status is Open or InProgress, "when.status", $"A ticket that is {Said(status)} waits for nothing: choose open, in progress, or both.")
                .That(when.WaitingFor != WaitingFor.Customer || status == InProgress, "when.status", "The customer is waited for only while the ticket is in progress.");
        }
    }

    private static string Said(TicketStatus status) => status.ToString().ToLowerInvariant();

    private void Check(Check check, string field, int index, RuleAction? action)
    {
        if (action?.Action is not { } does || !Enum.IsDefined(does))
        {
            check.That(false, field, "Choose what to do.");
            return;
        }

        var value = action.Value?.Trim() is { Length: > 0 } v ? v : null;
        check.That(does == RuleDoes.Tag || !Then!.Take(index).Any(a => a?.Action == does && (a.Value ?? "") == (action.Value ?? "")), field, "The rule does this already.")
            .Text(field, "The value", action.Value, 0, 200);
        _ = does switch
        {
            RuleDoes.RaisePriority => Raise(check, field, value),
            RuleDoes.Escalate => check.That(value is null, field, "Escalating takes no value."),
            RuleDoes.Reassign => check.That(value is null or "best" or "manager", field, "Reassign to the best agent or to a manager.").That(Then!.Count(a => a?.Action == does) == 1, field, "A ticket can go to one person only."),
            RuleDoes.Notify => check.That(value is null or "managers" or "assignee", field, "Notify managers or the assignee."),
            RuleDoes.Tag => Tag(check, field, value),
            RuleDoes.Email => Email(check, field, value),
            _ => throw new InvalidOperationException($"Unknown action {does}."),
        };
    }

    private Check Email(Check check, string field, string? value) =>
        check.That(value is "managers" or "assignee" or "customer" || (value is not null && MailAddress.TryCreate(value, out var address) && address.Address == value), field, "Write to managers, to the assignee, to the customer, or to an e-mail address.")
            .That(value != "customer" || When?.WaitingFor != WaitingFor.Customer, field, "The customer is told of waits that are ours; this rule waits for the customer.");

    private static Check Tag(Check check, string field, string? value) =>
        check.Text(field, "A tag", value, 1, 40).That(value?.AsSpan().IndexOfAny("\r\n\t,") is null or -1, field, "A tag is one line without commas.");

    // A rule for urgent tickets cannot raise anything, nor one for high tickets raise them to medium.
    private Check Raise(Check check, string field, string? value)
    {
        var known = TryPriority(value, out var to);
        var lowest = When?.Priority is { Count: > 0 } of ? of.Min() : TicketPriority.Low;
        return check.That(value is null || known, field, "Choose a priority to raise to.")
            .That((known ? to : TicketPriority.Urgent) > lowest, field, "Tickets that this rule is for have that priority already.");
    }

    internal static bool TryPriority(string? word, out TicketPriority priority) =>
        Enum.TryParse(word, ignoreCase: true, out priority) && Enum.IsDefined(priority) && !char.IsDigit(word![0]);
}
