using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outbound;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound;

/// <summary>Who is told of what, and who is not.</summary>
[Trait("Category", "Nodes")]
public sealed class NotificationTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task A_new_ticket_is_told_to_who_works_on_tickets_and_not_to_customers()
    {
        var customer = await People.NewCustomer(desk.A);
        var ticket = await desk.A.OpenTicket(customer, "Do tell");

        foreach (var staff in (Person[])[desk.People.Agent, desk.People.OtherAgent, desk.People.Manager, desk.People.Admin])
        {
            var told = Assert.Single(await Told(staff, ticket, atLeast: 1));
            Assert.Equal(("ticket_created", $"New ticket from {customer.Name}", "Do tell"), Words(told));
        }

        Assert.Empty(await Told(customer, ticket));
        Assert.Empty(await Told(desk.People.OtherCustomer, ticket));
    }

    [Fact]
    public async Task Whoever_loses_a_ticket_to_a_colleague_is_told_and_who_takes_it_is_not()
    {
        var (customer, agent) = (await People.NewCustomer(desk.A), await People.New(desk.A, Roles.Agent));
        var ticket = await desk.A.AcceptedTicket(customer, agent);
        (await desk.B.Move(desk.People.Manager, ticket, "assign", new { agentId = desk.People.Manager.Id, force = true })).Must();

        Assert.Contains((await Told(agent, ticket, atLeast: 2)).Select(Words), n => n.Type == "ticket_assigned");
        Assert.DoesNotContain((await Told(desk.People.Manager, ticket, atLeast: 1)).Select(Words), n => n.Type == "ticket_assigned");
        Assert.DoesNotContain((await Told(desk.People.OtherAgent, ticket)).Select(Words), n => n.Type == "ticket_assigned");
    }

    [Fact]
    public async Task Each_side_is_told_of_the_other_and_never_of_itself()
    {
        var (customer, agent) = (await People.NewCustomer(desk.A), await People.New(desk.A, Roles.Agent));
        var ticket = await desk.A.AcceptedTicket(customer, agent);
        (await desk.A.Say(agent, ticket, "How can I help?")).Must(HttpStatusCode.Created);
        (await desk.B.Say(customer, ticket, "Like this")).Must(HttpStatusCode.Created);
        (await desk.B.Say(agent, ticket, "I wonder", @internal: true)).Must(HttpStatusCode.Created);
        (await desk.B.Say(desk.People.Manager, ticket, "Be kind", @internal: true)).Must(HttpStatusCode.Created);
        (await desk.B.Move(agent, ticket, "resolve")).Must();

        var customers = await Told(customer, ticket, atLeast: 3);
        Assert.Equal(["message", "ticket_accepted", "ticket_resolved"], customers.Select(n => Words(n).Type).Order());
        Assert.Contains(customers, n => Words(n) == ("message", $"New message from {agent.Name}", "How can I help?"));
        var agents = (await Told(agent, ticket, atLeast: 3)).Select(Words).ToArray();
        Assert.Equal(["message", "note", "ticket_created"], agents.Select(n => n.Type).Order());
        Assert.Contains(("note", $"Note from {desk.People.Manager.Name}", "Be kind"), agents);
        Assert.Equal(["ticket_created"], (await Told(desk.People.OtherAgent, ticket)).Select(n => Words(n).Type));
    }

    [Fact]
    public async Task An_edit_tells_the_assignee_what_matters_and_the_customer_only_where_the_conversation_goes_on()
    {
        var (customer, agent) = (await People.NewCustomer(desk.A), await People.New(desk.A, Roles.Agent));
        var ticket = await desk.A.AcceptedTicket(customer, agent);
        (await desk.A.Edit(desk.People.Manager, ticket, new { tags = (string[])["quietly"] })).Must();
        (await desk.B.Edit(desk.People.Manager, ticket, new { priority = "urgent" })).Must();
        (await desk.A.Move(desk.People.Manager, await desk.A.OpenTicket(customer), "merge", new { into = ticket })).Must();

        var agents = (await Told(agent, ticket, atLeast: 3)).Select(n => Words(n).Title).ToArray();
        Assert.Contains($"{desk.People.Manager.Name} changed the priority from High to Urgent", agents);
        Assert.DoesNotContain(agents, t => t.Contains("quietly", StringComparison.Ordinal));
        var customers = (await Told(customer, ticket, atLeast: 2)).Select(n => Words(n).Type);
        Assert.Equal(["ticket_accepted", "ticket_updated"], customers.Order());
    }

    [Fact]
    public async Task Messages_gather_in_one_unread_notification_until_it_is_read()
    {
        var customer = await People.NewCustomer(desk.A);
        var ticket = await desk.A.AcceptedTicket(customer, desk.People.Agent);
        for (var n = 0; n < 12; n++) (await desk.Either(n).Say(desk.People.Agent, ticket, $"Line {n}")).Must(HttpStatusCode.Created);

        var gathered = await Eventually.Get(() => Told(customer, ticket), all => all.Any(n => Words(n).Title == $"12 new messages from {desk.People.Agent.Name}"), "twelve messages are one notification");
        Assert.Single(gathered, n => Words(n).Type == "message");
        Assert.Equal("Line 11", Words(gathered.Single(n => Words(n).Type == "message")).Text);

        (await desk.B.As(customer).Post("/api/notifications/read")).Must(HttpStatusCode.NoContent);
        Assert.Equal(0, await Unread(customer));
        (await desk.A.Say(desk.People.Agent, ticket, "One more")).Must(HttpStatusCode.Created);

        var after = await Eventually.Get(() => Told(customer, ticket), all => all.Count(n => Words(n).Type == "message") == 2, "the next message is a new notification");
        Assert.Contains(after, n => Words(n) == ("message", $"New message from {desk.People.Agent.Name}", "One more"));
        Assert.Equal(1, await Unread(customer));
    }

    [Fact]
    public async Task What_has_been_read_is_not_told()
    {
        var customer = await People.NewCustomer(desk.A);
        var ticket = await desk.A.AcceptedTicket(customer, desk.People.Agent);
        await Told(customer, ticket, atLeast: 1);
        await desk.A.The<NotificationActions>().ReadTicket(await People.ActorOf(desk.A, customer), ticket, TestContext.Current.CancellationToken);

        Assert.Equal(0, await Unread(customer));
    }

    [Fact]
    public async Task Reading_the_conversation_clears_what_was_told_of_its_messages()
    {
        var customer = await People.NewCustomer(desk.A);
        var ticket = await desk.A.AcceptedTicket(customer, desk.People.Agent);
        (await desk.A.Say(desk.People.Agent, ticket, "Hello")).Must(HttpStatusCode.Created);
        await Told(customer, ticket, atLeast: 2);

        (await desk.A.As(customer).Post($"/api/chats/{ticket}/read", new { seq = 3 })).Must(HttpStatusCode.NoContent);

        Assert.Equal(0, await Unread(customer));
    }

    [Fact]
    public async Task A_notification_is_pushed_to_its_owner_on_every_node_and_to_nobody_else()
    {
        var (customer, stranger) = (await People.NewCustomer(desk.A), await People.NewCustomer(desk.A));
        await using var onA = await desk.A.Connect(customer);
        await using var onB = await desk.B.Connect(customer);
        await using var other = await desk.B.Connect(stranger);
        var ticket = await desk.A.AcceptedTicket(customer, desk.People.Agent);
        var others = await desk.A.AcceptedTicket(stranger, desk.People.Agent);

        foreach (var client in (LiveClient[])[onA, onB])
        {
            var told = await client.Hear("notification", ticket);
            Assert.Equal("ticket_accepted", told.Payload["type"]!.GetValue<string>());
            Assert.True(told.Payload["number"]!.GetValue<long>() > 1000);
        }

        await other.Hear("notification", others);
        Assert.DoesNotContain(other.Events, e => e.Ticket == ticket);
    }

    private static (string Type, string Title, string Text) Words(JsonNode notification) =>
        (notification["type"]!.GetValue<string>(), notification["title"]!.GetValue<string>(), notification["text"]!.GetValue<string>());

    private async Task<int> Unread(Person person) => (await desk.B.As(person).Get("/api/notifications")).Must()["unread"]!.GetValue<int>();

    private async Task<IReadOnlyList<JsonNode>> Told(Person person, Guid ticket, int atLeast) =>
        await Eventually.Get(() => Told(person, ticket), all => all.Count >= atLeast, $"{person.Name} is told {atLeast} times");

    private async Task<IReadOnlyList<JsonNode>> Told(Person person, Guid ticket) =>
        [.. (await desk.B.As(person).Get("/api/notifications")).Must()["items"]!.AsArray().Where(n => n!["ticketId"]!.GetValue<Guid>() == ticket).Select(n => n!)];
}
