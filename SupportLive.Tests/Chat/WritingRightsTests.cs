using System.Collections.Frozen;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Chat;

/// <summary>The writer judges in SQL, buttons and reads by <see cref="TicketTable"/>: for every status, person and feed they say the same.</summary>
public sealed class WritingRightsTests(OneNode desk) : IClassFixture<OneNode>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<TicketStatus> Statuses => [.. Enum.GetValues<TicketStatus>()];

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Database_and_table_agree_on_who_writes_and_who_reads(TicketStatus status)
    {
        foreach (var (name, actor) in await People())
        {
            foreach (var note in (bool[])[false, true])
            {
                var ticket = await TicketThatIs(status);
                var table = note ? TicketTable.CanReadNotes(ticket.State, actor) && !status.IsTerminal() : TicketTable.CanWrite(ticket.State, actor);
                var reads = note ? TicketTable.CanReadNotes(ticket.State, actor) : TicketTable.CanRead(ticket.State, actor);

                var read = await desk.Node.The<ChatQueries>().Page(actor, ticket.Id, note ? Feed.Staff : Feed.Public, null, null, 10, Ct);
                var written = await desk.Node.The<ChatActions>().Post(actor, new NewMessage(ticket.Id, "c1", "Hello", note), Ct);

                var what = $"{name} on a ticket that is {status}, note: {note}: {written.Refusal?.Code}";
                Assert.True(written.Ok == table, what);
                Assert.True(read.Ok == reads, what);
                Assert.True(TicketTable.CanSee(ticket.State, actor) || written.Refusal is { Kind: RefusalKind.NotFound }, what);
                Assert.True(table || !status.IsTerminal() || !reads || written.Refusal!.Code == (status == TicketStatus.Closed ? "ticket_closed" : "ticket_rejected"), what);
            }
        }
    }

    [Fact]
    public async Task Staff_answer_only_what_is_theirs_and_are_told_what_is_missing()
    {
        var open = await desk.Node.OpenTicket(desk.People.Customer);
        (await desk.Node.Say(desk.People.Agent, open, "Hello")).Refused(System.Net.HttpStatusCode.Conflict, "move_not_allowed");

        (await desk.Node.Move(desk.People.Agent, open, "accept")).Must();
        (await desk.Node.Say(desk.People.OtherAgent, open, "Hello")).Refused(System.Net.HttpStatusCode.Forbidden, "forbidden");
        (await desk.Node.Say(desk.People.Manager, open, "Hello")).Refused(System.Net.HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_customers_word_on_a_resolved_ticket_reopens_it()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        (await desk.Node.Move(desk.People.Agent, ticket, "resolve")).Must();

        (await desk.Node.Say(desk.People.Customer, ticket, "Not yet!")).Must(System.Net.HttpStatusCode.Created);

        Assert.Equal("in_progress", (await desk.Node.As(desk.People.Customer).Get($"/api/tickets/{ticket}")).Must()["status"]!.GetValue<string>());
        Assert.Equal([(4, "ticket_reopened", null), (5, "message", "Not yet!")], (await desk.Node.Log(desk.People.Agent, ticket)).Skip(3));
    }

    private async Task<IReadOnlyList<(string, Actor)>> People()
    {
        var assignee = await Actor(desk.People.Agent);
        var agent = await Actor(desk.People.OtherAgent);
        return
        [
            ("the customer", await Actor(desk.People.Customer)), ("another customer", await Actor(desk.People.OtherCustomer)), ("the assignee", assignee), ("another agent", agent),
            ("the manager", await Actor(desk.People.Manager)), ("the admin", await Actor(desk.People.Admin)),
            ("an assignee who reads only own chats", assignee with { Permissions = Only(Permissions.TicketsRead, Permissions.TicketsWork) }),
            ("an agent who reads only own chats", agent with { Permissions = Only(Permissions.TicketsRead, Permissions.TicketsWork) }),
            ("an assignee who is not staff any more", assignee with { Permissions = Only() }),
        ];
    }

    private static FrozenSet<string> Only(params string[] permissions) => permissions.ToFrozenSet(StringComparer.Ordinal);

    private Task<Actor> Actor(Person person) => Nodes.People.ActorOf(desk.Node, person);

    private async Task<TicketSnapshot> TicketThatIs(TicketStatus status)
    {
        var actions = desk.Node.The<TicketActions>();
        var (customer, agent) = (await Actor(desk.People.Customer), await Actor(desk.People.Agent));
        var ticket = (await actions.Open(customer, new NewTicket("Help", "Please", "general", TicketPriority.Low), Ct)).Must();
        if (status == TicketStatus.Open) return ticket;
        if (status == TicketStatus.Rejected) return (await actions.Reject(agent, ticket.Id, "Spam", Ct)).Must();
        ticket = (await actions.Accept(agent, ticket.Id, Ct)).Must();
        return status switch
        {
            TicketStatus.Resolved => (await actions.Resolve(agent, ticket.Id, Ct)).Must(),
            TicketStatus.Closed => (await actions.Close(agent, ticket.Id, Ct)).Must(),
            _ => ticket,
        };
    }
}
