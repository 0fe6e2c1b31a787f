using SupportLive.Core.Accounts;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using Xunit;

namespace SupportLive.Tests.Tickets;

/// <summary>Every verb from every status by everybody, against a table written by hand from the design.</summary>
public sealed class TicketMachineTests
{
    private static readonly string[] People = ["customer", "stranger", "assignee", "agent", "manager", "admin"];

    // done: it moves. quiet: an own finished move is repeated, nothing moves. no: forbidden. hidden: as if there were no such ticket.
    // taken, closed, rejected, not_now: conflicts, the first three with a winner. What is declined while it is open is offered to the assignee.
    private const string Expected =
        """
        verb     status      customer stranger assignee agent    manager  admin    to
        accept   Open        no       hidden   done     done     done     done     InProgress
        accept   InProgress  no       hidden   quiet    taken    taken    taken
        accept   Resolved    no       hidden   not_now  not_now  not_now  not_now
        accept   Closed      no       hidden   closed   closed   closed   closed
        accept   Rejected    no       hidden   rejected rejected rejected rejected
        reject   Open        no       hidden   done     done     done     done     Rejected
        reject   InProgress  no       hidden   not_now  not_now  not_now  not_now
        reject   Resolved    no       hidden   not_now  not_now  not_now  not_now
        reject   Closed      no       hidden   closed   closed   closed   closed
        reject   Rejected    no       hidden   rejected rejected quiet    rejected
        decline  Open        no       hidden   done     no       no       no       Open
        decline  InProgress  no       hidden   not_now  not_now  not_now  not_now
        decline  Resolved    no       hidden   not_now  not_now  not_now  not_now
        decline  Closed      no       hidden   closed   closed   closed   closed
        decline  Rejected    no       hidden   rejected rejected rejected rejected
        assign   Open        no       hidden   no       no       done     done     InProgress
        assign   InProgress  no       hidden   done     no       done     done     InProgress
        assign   Resolved    no       hidden   not_now  no       not_now  not_now
        assign   Closed      no       hidden   closed   no       closed   closed
        assign   Rejected    no       hidden   no       no       rejected rejected
        release  Open        no       hidden   no       no       not_now  not_now
        release  InProgress  no       hidden   done     no       done     done     Open
        release  Resolved    no       hidden   not_now  no       not_now  not_now
        release  Closed      no       hidden   closed   no       closed   closed
        release  Rejected    no       hidden   no       no       rejected rejected
        escalate Open        no       hidden   done     done     done     done     Open
        escalate InProgress  no       hidden   done     done     done     done     InProgress
        escalate Resolved    no       hidden   not_now  not_now  not_now  not_now
        escalate Closed      no       hidden   closed   closed   closed   closed
        escalate Rejected    no       hidden   rejected rejected rejected rejected
        resolve  Open        no       hidden   no       no       not_now  not_now
        resolve  InProgress  no       hidden   done     no       done     done     Resolved
        resolve  Resolved    no       hidden   quiet    no       not_now  not_now
        resolve  Closed      no       hidden   closed   no       closed   closed
        resolve  Rejected    no       hidden   no       no       rejected rejected
        reopen   Open        not_now  hidden   not_now  not_now  not_now  not_now
        reopen   InProgress  not_now  hidden   not_now  not_now  not_now  not_now
        reopen   Resolved    done     hidden   done     done     done     done     InProgress
        reopen   Closed      closed   hidden   closed   closed   closed   closed
        reopen   Rejected    rejected hidden   rejected rejected rejected rejected
        close    Open        done     hidden   no       no       done     done     Closed
        close    InProgress  done     hidden   done     no       done     done     Closed
        close    Resolved    done     hidden   done     no       done     done     Closed
        close    Closed      closed   hidden   quiet    no       closed   closed
        close    Rejected    rejected hidden   no       no       rejected rejected
        rate     Open        not_now  hidden   no       no       no       no
        rate     InProgress  not_now  hidden   no       no       no       no
        rate     Resolved    done     hidden   no       no       no       no       Resolved
        rate     Closed      done     hidden   no       no       no       no       Closed
        rate     Rejected    rejected hidden   no       no       no       no
        edit     Open        done     hidden   done     done     done     done     Open
        edit     InProgress  not_now  hidden   done     done     done     done     InProgress
        edit     Resolved    not_now  hidden   done     done     done     done     Resolved
        edit     Closed      closed   hidden   closed   closed   closed   closed
        edit     Rejected    rejected hidden   rejected rejected rejected rejected
        merge    Open        no       hidden   done     done     done     done     Closed
        merge    InProgress  no       hidden   done     done     done     done     Closed
        merge    Resolved    no       hidden   done     done     done     done     Closed
        merge    Closed      no       hidden   closed   closed   closed   closed
        merge    Rejected    no       hidden   rejected rejected rejected rejected
        """;

    private static IEnumerable<string[]> Rows => Expected.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static IEnumerable<TheoryDataRow<string, TicketStatus, string, string, TicketStatus?>> Grid =>
        from row in Rows
        from person in People
        select new TheoryDataRow<string, TicketStatus, string, string, TicketStatus?>(
            row[0], Enum.Parse<TicketStatus>(row[1]), person, row[2 + Array.IndexOf(People, person)], row.Length > 8 ? Enum.Parse<TicketStatus>(row[8]) : null);

    [Theory]
    [MemberData(nameof(Grid))]
    public void Each_verb_leads_where_the_design_says(string verb, TicketStatus from, string person, string expected, TicketStatus? to)
    {
        var ticket = Before(verb, from);
        var before = ticket.Recorded.Count;

        var outcome = Try(ticket, verb, Cast.Called(person));

        Assert.Equal(expected, Word(outcome, moved: ticket.Recorded.Count > before));
        Assert.Equal(expected == "done" ? to : from, ticket.Status);
        if (expected == "done") Assert.Equal($"ticket_{Past(verb)}", ticket.Recorded[^1].Kind);
    }

    [Theory]
    [MemberData(nameof(Grid))]
    public void A_button_is_there_exactly_when_it_would_move_something(string verb, TicketStatus from, string person, string expected, TicketStatus? to)
    {
        Assert.Equal(expected == "done", to is not null && expected == "done");
        Assert.Equal(expected == "done", TicketTable.Moves(Before(verb, from).State, Cast.Called(person), Cast.Now).Contains(Enum.Parse<Verb>(verb, ignoreCase: true)));
    }

    [Theory]
    [InlineData(TicketStatus.Open, "")]
    [InlineData(TicketStatus.InProgress, "")]
    [InlineData(TicketStatus.Resolved, "customer")]
    [InlineData(TicketStatus.Closed, "customer")]
    [InlineData(TicketStatus.Rejected, "customer")]
    public void The_customer_alone_goes_on_in_a_new_ticket_once_the_old_one_is_solved_or_ended(TicketStatus status, string who) =>
        Assert.Equal(who, string.Join(' ', People.Where(p => TicketTable.Moves(Cast.TicketThatIs(status).State, Cast.Called(p), Cast.Now).Contains(Verb.FollowUp))));

    private static Ticket Before(string verb, TicketStatus status)
    {
        var ticket = Cast.TicketThatIs(status);
        if (verb == "decline" && status == TicketStatus.Open) ticket.Offer(Cast.Assignee.Person, Cast.Now.AddMinutes(1), "Load 0 of 12", beside: false, Cast.Node, Cast.Now).Must();
        return ticket;
    }

    private static Outcome<Done> Try(Ticket ticket, string verb, Actor who) => verb switch
    {
        "accept" => ticket.Accept(who, Cast.Node, Cast.Now),
        "reject" => ticket.Reject(who, "Spam", Cast.Node, Cast.Now),
        "decline" => ticket.Decline(who, "No phone", Cast.Node, Cast.Now),
        "assign" => ticket.Assign(who, Cast.Agent.Person, Cast.Node, Cast.Now),
        "release" => ticket.Release(who, Cast.Node, Cast.Now),
        "escalate" => ticket.Escalate(who, "Urgent", Cast.Node, Cast.Now),
        "resolve" => ticket.Resolve(who, Cast.Node, Cast.Now),
        "reopen" => ticket.Reopen(who, Cast.Node, Cast.Now),
        "close" => ticket.Close(who, Cast.Node, Cast.Now),
        "rate" => ticket.Rate(who, 5, "Great", Cast.Node, Cast.Now),
        "edit" => ticket.Edit(who, new TicketEdit("Something else"), [], Cast.Node, Cast.Now),
        "merge" => ticket.MergeInto(who, Cast.OpenTicket(), Cast.Node, Cast.Now),
        _ => throw new ArgumentException($"There is no verb {verb}.", nameof(verb)),
    };

    private static string Word(Outcome<Done> outcome, bool moved) => outcome.Refusal switch
    {
        null => moved ? "done" : "quiet",
        { Kind: RefusalKind.Forbidden, Code: "forbidden", By: null } => "no",
        { Kind: RefusalKind.NotFound, Code: "not_found", By: null } => "hidden",
        { Kind: RefusalKind.Conflict, Code: "ticket_already_accepted", By.Id: var by } when by == Cast.Assignee.Id => "taken",
        { Kind: RefusalKind.Conflict, Code: "ticket_closed", By.Id: var by } when by == Cast.Assignee.Id => "closed",
        { Kind: RefusalKind.Conflict, Code: "ticket_rejected", By.Id: var by } when by == Cast.Manager.Id => "rejected",
        { Kind: RefusalKind.Conflict, Code: "move_not_allowed" } => "not_now",
        var other => other.ToString(),
    };

    private static string Past(string verb) => verb switch { "reopen" => "reopened", "accept" => "accepted", "reject" => "rejected", "assign" => "assigned", "edit" => "updated", "merge" => "closed", _ => verb + "d" };
}
