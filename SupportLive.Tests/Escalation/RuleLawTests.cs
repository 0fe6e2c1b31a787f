using FsCheck;
using FsCheck.Fluent;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Escalation;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Tickets;
using Xunit;

namespace SupportLive.Tests.Escalation;

/// <summary>
/// Planned looks against a plain model that asks every minute "has it waited long enough, and have we not fired for this wait?", over random
/// lives of a ticket. The planner is not told of messages where the watch does not hear them.
/// </summary>
public sealed class RuleLawTests
{
    private const int Hours = 60;

    private enum Step { Accept, CustomerWrites, AgentWrites, Release, Resolve, Reopen, Raise, Lower, Close }

    private sealed record Life(Rule Rule, (int Minute, Step Step)[] Steps);

    private static Gen<Life> Lives =>
        from waiting in Gen.Elements(Enum.GetValues<WaitingFor>())
        from after in Gen.Choose(1, 900)
        from hours in Gen.Elements(Enum.GetValues<CountedHours>())
        from priority in Gen.Elements<TicketPriority[]>([], [TicketPriority.High, TicketPriority.Urgent])
        from status in Gen.Elements<TicketStatus[]>([], [TicketStatus.Open], [TicketStatus.InProgress])
        from minutes in Gen.Choose(1, (Hours * 60) - 60).ArrayOf(12)
        from steps in Gen.Elements(Enum.GetValues<Step>()).ArrayOf(12)
        select new Life(
            new Rule { Id = Guid.NewGuid(), Name = "Rule", Enabled = true, When = new(status, priority, [], waiting), AfterMinutes = after, Hours = hours, Then = [new(RuleDoes.Escalate)] },
            [.. minutes.Distinct().Order().Zip(steps)]);

    [Fact]
    public void What_is_planned_fires_when_the_plain_model_says_and_never_twice_for_a_wait() =>
        Prop.ForAll(Lives.ToArbitrary(), life =>
        {
            var (planned, model) = (Planned(life), Plain(life));
            return planned.SequenceEqual(model) && planned.Distinct().Count() == planned.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    // Minute by minute. What falls due in a minute fires before what happens in it.
    private static List<(int Minute, DateTimeOffset Anchor)> Plain(Life life)
    {
        var (ticket, time, fired) = (New, BusinessHours.Key.Default.Time(), new List<(int, DateTimeOffset)>());
        for (var minute = 0; minute < Hours * 60; minute++)
        {
            var now = Cast.Now.AddMinutes(minute);
            if (life.Rule.When.Anchor(ticket) is { } since && !fired.Exists(f => f.Item2 == since)
                && (life.Rule.Hours == CountedHours.Business ? time.Between(since, now) : now - since) >= TimeSpan.FromMinutes(life.Rule.AfterMinutes)) fired.Add((minute, since));
            if (Happens(life, minute) is { } step) ticket = After(ticket, step, now);
        }

        return fired;
    }

    // As the keeper does it: looks are planned behind the events, and a look decides by the ticket as it is then.
    private static List<(int Minute, DateTimeOffset Anchor)> Planned(Life life)
    {
        var (ticket, fired) = (New, new List<(int, DateTimeOffset)>());
        var watch = Watch.Of(life.Rule, new Setting<BusinessHours>(BusinessHours.Key.Default, 0, null, null), BusinessHours.Key.Default.Time());
        DateTimeOffset? due = null, firedFor = null;
        var touched = true;
        for (var minute = 0; minute < Hours * 60; minute++)
        {
            var now = Cast.Now.AddMinutes(minute);
            if (touched) due = Looks.Needed(watch, ticket, due, firedFor) ?? due;
            if (due <= now)
            {
                var finding = Looks.Judge(watch, ticket, firedFor, now);
                if (finding.FireFor is { } anchor) fired.Add((minute, (firedFor = anchor).Value));
                due = finding.LookAt;
            }

            touched = false;
            if (Happens(life, minute) is not { } step) continue;
            var before = ticket.Status;
            ticket = After(ticket, step, now);
            touched = watch.HearsMessages || ticket.Status != before || step is not (Step.CustomerWrites or Step.AgentWrites); // a message that reopens is a move too
        }

        return fired;
    }

    private static TicketFacts New => TicketFacts.Of(Cast.OpenTicket());

    private static Step? Happens(Life life, int minute) => Array.FindIndex(life.Steps, s => s.Minute == minute) is >= 0 and var n ? life.Steps[n].Step : null;

    // What the machine and the message writer do to what rules look at.
    private static TicketFacts After(TicketFacts t, Step step, DateTimeOffset now) => (step, t.Status) switch
    {
        (Step.Accept, TicketStatus.Open) => t with { Status = TicketStatus.InProgress },
        (Step.Release, TicketStatus.InProgress) => t with { Status = TicketStatus.Open, WaitingSince = t.WaitingSince ?? now },
        (Step.Resolve, TicketStatus.InProgress) => t with { Status = TicketStatus.Resolved, ResolvedAt = now, WaitingSince = null },
        (Step.Reopen, TicketStatus.Resolved) => t with { Status = TicketStatus.InProgress, ResolvedAt = null, WaitingSince = now },
        (Step.CustomerWrites, TicketStatus.Resolved) => t with { Status = TicketStatus.InProgress, ResolvedAt = null, WaitingSince = now, LastMessageAt = now },
        (Step.CustomerWrites, TicketStatus.Open or TicketStatus.InProgress) => t with { WaitingSince = t.WaitingSince ?? now, LastMessageAt = now },
        (Step.AgentWrites, TicketStatus.InProgress) => t with { WaitingSince = null, LastMessageAt = now, FirstResponseAt = t.FirstResponseAt ?? now },
        (Step.Raise, not TicketStatus.Closed) => t with { Priority = TicketPriority.Urgent },
        (Step.Lower, not TicketStatus.Closed) => t with { Priority = TicketPriority.Low },
        (Step.Close, _) when now > Cast.Now.AddHours(30) => t with { Status = TicketStatus.Closed, WaitingSince = null },
        _ => t,
    };

    [Fact]
    public void Nothing_that_a_rule_does_moves_an_anchor_so_no_rule_starts_itself_again()
    {
        foreach (var status in (TicketStatus[])[TicketStatus.Open, TicketStatus.InProgress])
        {
            var ticket = Cast.TicketThatIs(status);
            var before = Anchors(ticket);

            ticket.ByRule("All at once");
            ticket.Edit(Actor.SupportLive, new TicketEdit(Priority: TicketPriority.Urgent, AddTags: ["late"]), [], Cast.Node, Cast.Now.AddHours(1)).Must();
            ticket.Escalate(Actor.SupportLive, "Late", Cast.Node, Cast.Now.AddHours(1)).Must();
            ticket.Assign(Actor.SupportLive, Cast.Manager.Person, Cast.Node, Cast.Now.AddHours(1)).Must();
            ticket.Told(new RuleFired("All at once", "Late", ["managers"], []), Cast.Node, Cast.Now.AddHours(1));

            Assert.Equal(before, Anchors(ticket));
            Assert.Equal(["ticket_updated", "ticket_escalated", "ticket_assigned", "rule_fired"], ticket.Recorded.TakeLast(4).Select(e => e.Kind));
            Assert.All(ticket.Recorded.TakeLast(4), e => Assert.Null(e.AuthorId));
        }
    }

    // Of every wait; where the customer is waited for, our last message while nobody waits for us.
    private static (DateTimeOffset, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?) Anchors(Ticket ticket) => (ticket.CreatedAt, ticket.FirstResponseAt, ticket.WaitingSince, ticket.LastMessageAt);
}
