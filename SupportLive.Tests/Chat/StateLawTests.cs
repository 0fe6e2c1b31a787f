using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Assignment;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Chat;
using SupportLive.Web.Tickets;
using Xunit;

namespace SupportLive.Tests.Chat;

/// <summary>The law of the screens: an old snapshot and the events since make the fresh snapshot, for every action and every reader.</summary>
[Trait("Category", "Nodes")]
public sealed class StateLawTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the customer", "rated")]
    [InlineData("the assignee", "rated")]
    [InlineData("another agent", "rated")]
    [InlineData("the manager", "rated")]
    [InlineData("the customer", "merged")]
    [InlineData("another agent", "merged")]
    public async Task Old_snapshot_and_events_are_the_fresh_snapshot(string who, string end)
    {
        await desk.Mode(AssignmentMode.Offer);
        await using var asked = await desk.Agent("Ada Asked");
        (await asked.Choose("busy")).Must(HttpStatusCode.NoContent);
        var (customer, agent) = (await People.NewCustomer(desk.A), asked.Person);
        var person = who switch { "the customer" => customer, "the assignee" => agent, "another agent" => desk.People.OtherAgent, _ => desk.People.Manager };
        var reader = await People.ActorOf(desk.A, person);
        var ticket = await desk.A.OpenTicket(customer);
        using var subscription = desk.A.The<LiveStream>().Subscribe();
        foreach (var topic in Topics(reader, ticket)) subscription.Add(topic);
        var events = subscription.Read(Ct).GetAsyncEnumerator(Ct);
        var conversations = new List<ConversationState>();
        var lists = Lists(reader);
        foreach (var list in lists) list.Load(await Rows(reader, list, ticket));

        var step = 0;
        foreach (var act in Actions(ticket, customer, asked, agent, end))
        {
            conversations.Add(Loaded(await Fresh(reader, ticket), reader)); // one that is that old
            var answer = await act(desk.Any(step++));
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.Text);
            var fresh = await Fresh(reader, ticket);
            while (conversations[^1].Shown < fresh.PublicSeq || conversations[^1].NotesShown < fresh.StaffSeq)
            {
                Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Eventually.Deadline, Ct));
                foreach (var state in conversations) Assert.NotEqual(Arrival.Hole, state.Apply(events.Current, DateTimeOffset.UtcNow));
                foreach (var list in lists) list.Apply(events.Current);
            }

            var expected = Picture(Loaded(fresh, reader), reader);
            foreach (var state in conversations) Assert.Equal(expected, Picture(state, reader));
            foreach (var list in lists) await ListsAgree(reader, list, ticket, step);
        }
    }

    private async Task ListsAgree(Actor reader, TicketListState list, Guid ticket, int step)
    {
        list.Put(await desk.A.The<ChatQueries>().With(reader, list.Unknown, Ct));
        list.Sweep();
        var (fresh, old) = (string.Join('\n', (await Rows(reader, list, ticket)).Select(r => Picture(r, reader))), string.Join('\n', list.Rows.Where(r => r.Ticket.Id == ticket).Select(r => Picture(r, reader))));
        Assert.True(fresh == old, $"After step {step}, fresh and old:\n{fresh}\n{old}");
    }

    private static IEnumerable<Func<TestNode, Task<Answer>>> Actions(Guid ticket, Person customer, AgentAtWork asked, Person agent, string end) =>
    [
        async node =>
        {
            (await asked.Choose("available")).Must(HttpStatusCode.NoContent);
            await asked.Desk.Offered(ticket, asked);
            return await node.As(agent).Get($"/api/tickets/{ticket}");
        },
        node => node.Move(agent, ticket, "decline", new { reason = "No phone" }),
        node => node.Edit(customer, ticket, new { subject = "The printer smokes", category = "general" }),
        node => node.Edit(agent, ticket, new { priority = "urgent", tags = (string[])["fire"] }),
        node => node.Move(agent, ticket, "accept"),
        node => node.Say(customer, ticket, "It still burns"),
        node => node.Say(agent, ticket, "I see it"),
        node => node.Say(agent, ticket, "Old model", @internal: true),
        node => node.Move(agent, ticket, "escalate", new { reason = "Fire" }),
        node => node.Move(agent, ticket, "resolve"),
        node => node.Say(customer, ticket, "Not yet"),
        node => node.Move(agent, ticket, "release"),
        node => node.Move(agent, ticket, "accept"),
        node => node.Say(customer, ticket, "Hello again"),
        async node => await node.Move(agent, await node.OpenTicket(customer), "merge", new { into = ticket }),
        .. end == "merged"
            ? new Func<TestNode, Task<Answer>>[] { async node => await node.Move(agent, ticket, "merge", new { into = await node.OpenTicket(customer) }) }
            : [node => node.Move(agent, ticket, "close"), node => node.Move(customer, ticket, "rate", new { score = 3, comment = "Warm" })],
        node => node.Move(customer, ticket, "follow-up"),
    ];

    private static IEnumerable<Topic> Topics(Actor reader, Guid ticket) => reader.IsStaff
        ? [Topic.Ticket(ticket), Topic.TicketStaff(ticket), Topic.Staff, Topic.StaffChats, Topic.Account(reader.Id)]
        : [Topic.Ticket(ticket), Topic.Customer(reader.Id), Topic.CustomerChats(reader.Id), Topic.Account(reader.Id)];

    private static TicketListState[] Lists(Actor reader) => reader.IsStaff
        ? [new DeskState(reader.Id).Mine, new DeskState(reader.Id).Queue, new DeskState(reader.Id).All, Filtered(reader, new() { Escalated = true, Text = "printer", Sort = TicketSort.Priority }), Filtered(reader, new() { Unassigned = true, Priority = [TicketPriority.High], Sort = TicketSort.Waiting })]
        : [new TicketListState(new TicketFilter(), reader.Id, Orders.Activity)];

    private static TicketListState Filtered(Actor reader, TicketFilter filter) => new(filter, reader.Id, Orders.Of(filter.Sort));

    private async Task<ConversationSnapshot> Fresh(Actor reader, Guid ticket) => (await desk.A.The<ChatQueries>().Join(reader, ticket, null, null, Ct)).Must();

    private static ConversationState Loaded(ConversationSnapshot snapshot, Actor reader)
    {
        var state = new ConversationState(reader.Id);
        state.Load(snapshot);
        return state;
    }

    private async Task<IReadOnlyList<ChatSnapshot>> Rows(Actor reader, TicketListState list, Guid ticket)
    {
        var found = (await desk.A.The<TicketQueries>().Find(reader, ticket.ToString(), Ct)).Must();
        return list.Filter.Holds(found) ? await desk.A.The<ChatQueries>().With(reader, [found], Ct) : [];
    }

    private static string Picture(ConversationState state, Actor reader) =>
        $"{state.Shown} {state.NotesShown} {Picture(state.Ticket!, reader)}\n{string.Join('\n', state.Entries.Select(e => JsonSerializer.Serialize(e, Wire.Json)))}";

    private static string Picture(ChatSnapshot row, Actor reader) => $"{Picture(row.Ticket, reader)} {row.LastMessage?.Seq} {row.Unread}";

    // Entry and ticket take their times one after the other, so of some only whether there is one compares. How many notes there are is
    // told to who reads them, by NotesShown. Offers are the staff's business.
    private static string Picture(TicketSnapshot ticket, Actor reader)
    {
        var json = JsonSerializer.SerializeToNode(ticket, Wire.Json)!.AsObject();
        foreach (var name in (string[])["lastMessageAt", "firstResponseAt", "waitingSince"]) json[name] = JsonValue.Create(json[name] is not null);
        json.Remove("state");
        json.Remove("staffSeq");
        if (!reader.IsStaff) _ = json.Remove("offer") | json.Remove("offerSeq");
        return json.ToJsonString();
    }
}
