using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using Xunit;
using static SupportLive.Tests.Tickets.Cast;

namespace SupportLive.Tests.Tickets;

/// <summary>Whoever repeats an own finished move has succeeded; whoever comes behind somebody else's is told whose it was.</summary>
public sealed class RepeatedMoveTests
{
    public static TheoryData<string> Moves => ["release", "reopen", "escalate", "hand over", "accept", "resolve", "close", "edit", "merge"];

    [Theory]
    [MemberData(nameof(Moves))]
    public void An_own_finished_move_again_is_quiet(string move)
    {
        var (ticket, other) = (Before(move), OpenTicket());
        Make(move, ticket, other, Assignee).Must();
        var entries = ticket.Recorded.Count + other.Recorded.Count;

        Make(move, ticket, other, Assignee).Must();

        Assert.Equal(entries, ticket.Recorded.Count + other.Recorded.Count);
    }

    [Theory]
    [InlineData("release", "move_not_allowed")]
    [InlineData("reopen", "move_not_allowed")]
    [InlineData("hand over", "move_not_allowed")]
    [InlineData("accept", "ticket_already_accepted")]
    [InlineData("resolve", "move_not_allowed")]
    [InlineData("close", "ticket_closed")]
    [InlineData("merge", "ticket_merged")]
    public void The_slower_one_of_two_is_told_who_was_faster(string move, string code)
    {
        var (ticket, other) = (Before(move), OpenTicket());
        Make(move, ticket, other, Manager).Must();

        var refusal = Make(move, ticket, other, Assignee).Refusal;

        Assert.Equal((code, Manager.Id), (refusal?.Code, refusal?.By?.Id));
        Assert.Contains("{0}", refusal!.Message, StringComparison.Ordinal); // where the name goes
    }

    [Fact]
    public void Who_never_had_the_right_learns_nothing_by_repeating()
    {
        var ticket = TicketThatIs(TicketStatus.InProgress);
        ticket.Release(Manager, Node, Now).Must();

        Assert.Equal("forbidden", ticket.Release(Customer, Node, Now).Refusal?.Code);
        Assert.Equal("not_found", ticket.Release(Stranger, Node, Now).Refusal?.Code);
    }

    [Fact]
    public void A_second_escalation_for_another_reason_counts()
    {
        var ticket = OpenTicket();
        ticket.Escalate(Agent, "Loud", Node, Now).Must();

        ticket.Escalate(Agent, "Very loud", Node, Now).Must();

        Assert.Equal(2, ticket.EscalationLevel);
    }

    [Fact]
    public void What_happened_in_between_makes_a_repetition_a_new_move()
    {
        var ticket = TicketThatIs(TicketStatus.InProgress);
        ticket.Release(Assignee, Node, Now).Must();
        ticket.Accept(Agent, Node, Now).Must();

        Assert.Equal("forbidden", ticket.Release(Assignee, Node, Now).Refusal?.Code);
        Assert.Equal(Agent.Id, ticket.AssigneeId);
    }

    private static Ticket Before(string move) => move switch
    {
        "accept" or "escalate" or "edit" or "merge" => OpenTicket(),
        "reopen" => TicketThatIs(TicketStatus.Resolved),
        _ => TicketThatIs(TicketStatus.InProgress),
    };

    private static Outcome<Done> Make(string move, Ticket ticket, Ticket other, Actor who) => move switch
    {
        "release" => ticket.Release(who, Node, Now),
        "reopen" => ticket.Reopen(who, Node, Now),
        "escalate" => ticket.Escalate(who, "Loud", Node, Now),
        "hand over" => ticket.Assign(who, (who == Manager ? Admin : Agent).Person, Node, Now),
        "accept" => ticket.Accept(who, Node, Now),
        "resolve" => ticket.Resolve(who, Node, Now),
        "close" => ticket.Close(who, Node, Now),
        "edit" => ticket.Edit(who, new TicketEdit(Priority: TicketPriority.Urgent, Version: 1), [], Node, Now),
        "merge" => ticket.MergeInto(who, other, Node, Now),
        _ => throw new ArgumentException($"There is no move {move}.", nameof(move)),
    };
}
