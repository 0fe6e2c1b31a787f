using SupportLive.Core.Tickets;
using Xunit;
using static SupportLive.Tests.Tickets.Cast;

namespace SupportLive.Tests.Tickets;

public sealed class TicketRulesTests
{
    [Fact]
    public void A_resolved_ticket_can_be_reopened_for_seven_days_and_not_longer()
    {
        var inTime = TicketThatIs(TicketStatus.Resolved);
        inTime.Reopen(Customer, Node, Now.AddDays(7)).Must();
        Assert.Equal(TicketStatus.InProgress, inTime.Status);

        var late = TicketThatIs(TicketStatus.Resolved);
        Assert.Equal("move_not_allowed", late.Reopen(Customer, Node, Now.AddDays(7).AddSeconds(1)).Refusal?.Code);
        Assert.DoesNotContain(Verb.Reopen, TicketTable.Moves(late.State, Customer, Now.AddDays(7).AddSeconds(1)));
    }

    [Fact]
    public void Every_escalation_adds_a_level_and_changes_nothing_else()
    {
        var ticket = TicketThatIs(TicketStatus.InProgress);

        ticket.Escalate(Agent, "Angry", Node, Now).Must();
        ticket.Escalate(Manager, "Very angry", Node, Now.AddMinutes(1)).Must();

        Assert.Equal((2, "Very angry", TicketStatus.InProgress, Assignee.Id), (ticket.EscalationLevel, ticket.EscalationReason, ticket.Status, ticket.AssigneeId));
    }

    [Fact]
    public void A_released_ticket_can_be_accepted_by_another()
    {
        var ticket = TicketThatIs(TicketStatus.InProgress);

        ticket.Release(Assignee, Node, Now).Must();
        ticket.Accept(Agent, Node, Now).Must();

        Assert.Equal(Agent.Id, ticket.AssigneeId);
    }

    [Fact]
    public void Assigning_to_whom_it_is_assigned_already_is_quiet()
    {
        var ticket = TicketThatIs(TicketStatus.InProgress);
        var before = ticket.Recorded.Count;

        ticket.Assign(Manager, Assignee.Person, Node, Now).Must();

        Assert.Equal(before, ticket.Recorded.Count);
    }

    [Fact]
    public void The_same_rating_again_is_quiet_and_another_one_replaces_it()
    {
        var ticket = TicketThatIs(TicketStatus.Closed);
        ticket.Rate(Customer, 4, " Fine ", Node, Now).Must();
        var before = ticket.Recorded.Count;

        ticket.Rate(Customer, 4, "Fine", Node, Now).Must();
        Assert.Equal(before, ticket.Recorded.Count);

        ticket.Rate(Customer, 5, null, Node, Now).Must();
        Assert.Equal((5, before + 1), (ticket.Rating, ticket.Recorded.Count));
    }

    [Fact]
    public void Entries_are_numbered_without_holes_in_the_order_of_the_moves()
    {
        var ticket = TicketThatIs(TicketStatus.Resolved);
        ticket.Accept(Stranger, Node, Now);
        ticket.Reopen(Customer, Node, Now).Must();
        ticket.Close(Agent, Node, Now);
        ticket.Close(Customer, Node, Now).Must();

        Assert.Equal(["1 ticket_created", "2 ticket_accepted", "3 ticket_resolved", "4 ticket_reopened", "5 ticket_closed"], ticket.Recorded.Select(e => $"{e.Seq} {e.Kind}"));
    }
}
