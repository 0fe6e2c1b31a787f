using SupportLive.Core.Escalation;
using SupportLive.Core.Tickets;
using Xunit;

namespace SupportLive.Tests.Escalation;

/// <summary>Rules that cannot be, each refused with the field that is wrong.</summary>
public sealed class RuleCheckTests
{
    private static readonly RuleDraft Right = new("No answer", true, new([TicketStatus.Open], [TicketPriority.High], ["billing"], WaitingFor.FirstResponse), 10, CountedHours.Business,
        [new(RuleDoes.Escalate), new(RuleDoes.RaisePriority), new(RuleDoes.Tag, "late"), new(RuleDoes.Tag, "red"), new(RuleDoes.Notify), new(RuleDoes.Reassign, "best"), new(RuleDoes.Email, "boss@desk.test")]);

    [Fact]
    public void A_rule_that_says_everything_is_taken() => Assert.Null(Right.Check(["billing"]));

    public static TheoryData<string, RuleDraft> Wrong => new()
    {
        { "name", Right with { Name = " " } },
        { "name", Right with { Name = new string('n', 101) } },
        { "name", Right with { Name = "two\nlines" } },
        { "when", Right with { When = null } },
        { "when.waitingFor", Right with { When = Right.When! with { WaitingFor = null } } },
        { "when.category", Right with { When = Right.When! with { Category = ["billing", "gardening"] } } },
        { "when.status", Right with { When = Right.When! with { Status = [TicketStatus.Resolved] } } },
        { "when.status", Right with { When = Right.When! with { Status = [TicketStatus.Open, TicketStatus.Closed], WaitingFor = WaitingFor.Reply } } },
        { "when.status", Right with { When = Right.When! with { Status = [TicketStatus.Rejected], WaitingFor = WaitingFor.Resolution } } },
        { "when.status", Right with { When = Right.When! with { WaitingFor = WaitingFor.Customer } } },
        { "afterMinutes", Right with { AfterMinutes = null } },
        { "afterMinutes", Right with { AfterMinutes = 0 } },
        { "afterMinutes", Right with { AfterMinutes = -1 } },
        { "afterMinutes", Right with { AfterMinutes = double.NaN } },
        { "afterMinutes", Right with { AfterMinutes = 527_041 } },
        { "hours", Right with { Hours = null } },
        { "then", Right with { Then = null } },
        { "then", Right with { Then = [] } },
        { "then", Right with { Then = [.. Enumerable.Range(0, 11).Select(n => new RuleAction(RuleDoes.Tag, $"t{n}"))] } },
        { "then[0]", Right with { Then = [new(null)] } },
        { "then[1]", Right with { Then = [new(RuleDoes.Escalate), new(RuleDoes.Escalate)] } },
        { "then[0]", Right with { Then = [new(RuleDoes.Escalate, "twice")] } },
        { "then[0]", Right with { Then = [new(RuleDoes.RaisePriority, "sky-high")] } },
        { "then[0]", Right with { Then = [new(RuleDoes.RaisePriority, "2")] } },
        { "then[0]", Right with { Then = [new(RuleDoes.RaisePriority, "medium")] } }, // it is for high tickets
        { "then[0]", Right with { When = Right.When! with { Priority = [TicketPriority.Urgent] }, Then = [new(RuleDoes.RaisePriority)] } },
        { "then[0]", Right with { Then = [new(RuleDoes.Reassign, "somebody")] } },
        { "then[1]", Right with { Then = [new(RuleDoes.Reassign, "best"), new(RuleDoes.Reassign, "manager")] } },
        { "then[0]", Right with { Then = [new(RuleDoes.Notify, "everyone")] } },
        { "then[0]", Right with { Then = [new(RuleDoes.Tag)] } },
        { "then[0]", Right with { Then = [new(RuleDoes.Tag, new string('t', 10_000))] } },
        { "then[0]", Right with { Then = [new(RuleDoes.Email)] } },
        { "then[0]", Right with { Then = [new(RuleDoes.Email, "boss at desk")] } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_is_refused_with_its_field(string field, RuleDraft draft) => Assert.Contains(field, draft.Check(["billing"])?.Fields?.Keys ?? []);

    [Fact]
    public void A_rule_reads_as_a_sentence()
    {
        var rule = new RuleView(Guid.NewGuid(), "No answer", true, new([TicketStatus.Open], [TicketPriority.Urgent, TicketPriority.High], ["billing"], WaitingFor.FirstResponse), 10, CountedHours.Business,
            [new(RuleDoes.Escalate), new(RuleDoes.Tag, "late"), new(RuleDoes.Notify, "managers")], 1);

        Assert.Equal("When a ticket that is open with priority high or urgent about Billing has waited 10 minutes of business hours for a first response, then escalate, tag “late” and notify managers.",
            RuleWords.Sentence(rule, _ => "Billing"));
        Assert.Equal(["30 seconds", "1 minute", "90 minutes", "2 hours", "3 days"], new[] { .5, 1, 90, 120, 4320 }.Select(RuleWords.Span));
    }
}
