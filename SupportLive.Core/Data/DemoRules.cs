using System.Text.Json;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Data;

/// <summary>Rules and targets to look at: one rule that is seen at work a few minutes after the start, and one to turn on.</summary>
internal static class DemoRules
{
    public static IReadOnlyList<Rule> Rules =>
    [
        new()
        {
            Id = Guid.CreateVersion7(), Name = "Nobody answers an urgent ticket", Enabled = true, When = new([TicketStatus.Open], [TicketPriority.Urgent], [], WaitingFor.FirstResponse), AfterMinutes = 10,
            Hours = CountedHours.Always, Then = [new(RuleDoes.Escalate), new(RuleDoes.Notify, "managers")],
        },
        new()
        {
            Id = Guid.CreateVersion7(), Name = "A conversation has gone quiet on our side", Enabled = false, When = new([TicketStatus.InProgress], [], [], WaitingFor.Reply), AfterMinutes = 30,
            Hours = CountedHours.Business, Then = [new(RuleDoes.RaisePriority), new(RuleDoes.Notify, "assignee")],
        },
    ];

    /// <summary>Around the clock, so that countdowns run whenever somebody looks.</summary>
    public static StoredSetting Targets(DateTimeOffset now) => new()
    {
        Key = Escalation.Targets.Key.Name,
        Value = JsonSerializer.Serialize(Escalation.Targets.Key.Default with { Hours = CountedHours.Always }, Wire.Json),
        Version = 1,
        ChangedAt = now,
    };
}
