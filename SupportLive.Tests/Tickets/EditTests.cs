using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

[Trait("Category", "Nodes")]
public sealed class EditTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task An_edit_changes_the_ticket_and_the_history_says_from_what_to_what()
    {
        var ticket = await desk.A.OpenTicket(desk.People.Customer, priority: "medium");
        var version = (await desk.A.Ticket(desk.People.Agent, ticket))["version"]!.GetValue<int>();

        var after = (await desk.A.Edit(desk.People.Agent, ticket, new { subject = " The printer melts ", category = "billing", priority = "urgent", tags = (string[])[" Fire ", "hot", "fire"], version })).Must();
        await desk.A.Edit(desk.People.OtherAgent, ticket, new { tags = (string[])["hot", "melted"] });

        Assert.Equal(("The printer melts", "billing", "urgent", "fire hot"), (after["subject"]!.GetValue<string>(), after["category"]!.GetValue<string>(), after["priority"]!.GetValue<string>(), string.Join(' ', after["tags"]!.AsArray())));
        var (agent, other) = (desk.People.Agent.Name, desk.People.OtherAgent.Name);
        Assert.Equal(
        [
            $"{agent} changed the subject to “The printer melts”, changed the category from Technical problem to Billing, changed the priority from Medium to Urgent and added the tags fire and hot",
            $"{other} added the tag melted and removed the tag fire",
        ], (await desk.B.Sentences(desk.People.Manager, ticket)).Skip(1));
    }

    [Fact]
    public async Task Everybody_who_watches_sees_an_edit_made_on_the_other_node_and_strangers_do_not()
    {
        var ticket = await desk.A.OpenTicket(desk.People.Customer);
        await using var customer = await desk.B.Connect(desk.People.Customer);
        await using var agent = await desk.B.Connect(desk.People.OtherAgent);
        await using var stranger = await desk.B.Connect(desk.People.OtherCustomer);

        (await desk.A.Edit(desk.People.Agent, ticket, new { priority = "urgent" })).Must();

        foreach (var watcher in (LiveClient[])[customer, agent])
        {
            var heard = await watcher.Hear("ticket_updated", ticket);
            Assert.Equal("urgent", heard.Payload["ticket"]!["priority"]!.GetValue<string>());
            Assert.Equal("high", heard.Entry!["data"]!["changes"]!["priority"]!["from"]!.GetValue<string>());
        }

        var own = await desk.A.OpenTicket(desk.People.OtherCustomer);
        await stranger.Hear("ticket_created", own); // what is behind it has come too
        Assert.DoesNotContain(stranger.Events, e => e.Ticket == ticket);
    }

    [Fact]
    public async Task Of_two_who_edit_one_version_one_wins_and_the_other_gets_the_ticket_as_it_is_now()
    {
        for (var round = 0; round < 20; round++)
        {
            var ticket = await desk.A.OpenTicket(desk.People.Customer, priority: "low");

            var answers = await Task.WhenAll(
                desk.A.Edit(desk.People.Agent, ticket, new { subject = "Of the agent", version = 1 }),
                desk.B.Edit(desk.People.Manager, ticket, new { priority = "urgent", version = 1 }));

            var loser = Assert.Single(answers, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "stale_version");
            var current = await desk.A.Ticket(desk.People.Agent, ticket);
            Assert.Equal(2, current["version"]!.GetValue<int>());
            Assert.Equal((2, current["subject"]!.GetValue<string>(), current["priority"]!.GetValue<string>()),
                (loser["ticket"]!["version"]!.GetValue<int>(), loser["ticket"]!["subject"]!.GetValue<string>(), loser["ticket"]!["priority"]!.GetValue<string>()));
            Assert.Equal(2, (await desk.B.Log(desk.People.Agent, ticket)).Count);
            Assert.Equal(answers[0] != loser, current["subject"]!.GetValue<string>() == "Of the agent");
        }
    }

    [Fact]
    public async Task Without_a_version_the_last_one_wins_and_the_same_again_says_nothing()
    {
        var ticket = await desk.A.OpenTicket(desk.People.Customer);
        (await desk.A.Edit(desk.People.Agent, ticket, new { priority = "low" })).Must();
        (await desk.B.Edit(desk.People.Manager, ticket, new { priority = "medium" })).Must();

        (await desk.A.Edit(desk.People.Agent, ticket, new { priority = "medium", version = 1 })).Must(); // it is so already

        Assert.Equal(3, (await desk.A.Log(desk.People.Agent, ticket)).Count);
    }

    [Fact]
    public async Task Tags_of_two_people_add_up()
    {
        var ticket = await desk.A.OpenTicket(desk.People.Customer);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => desk.Either(n).Edit(desk.People.Agent, ticket, new { addTags = (string[])[$"tag {n}"] })));

        (await desk.A.Edit(desk.People.Agent, ticket, new { addTags = (string[])["VIP"], removeTags = (string[])["tag 3", "never there"] })).Must();

        Assert.Equal(["tag 0", "tag 1", "tag 2", "tag 4", "tag 5", "tag 6", "tag 7", "vip"], (await desk.A.Ticket(desk.People.Agent, ticket))["tags"]!.AsArray().Select(t => t!.GetValue<string>()).Order());
        (await desk.A.Edit(desk.People.Agent, ticket, new { addTags = (string[])["nine", "ten", "eleven"] })).Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task A_customer_says_what_it_is_about_while_nobody_works_on_it_and_nothing_else()
    {
        var ticket = await desk.A.OpenTicket(desk.People.Customer);
        (await desk.A.Edit(desk.People.Customer, ticket, new { subject = "The scanner is on fire", category = "general" })).Must();

        (await desk.A.Edit(desk.People.Customer, ticket, new { priority = "urgent" })).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await desk.A.Edit(desk.People.Customer, ticket, new { tags = (string[])["vip"] })).Refused(HttpStatusCode.Forbidden, "forbidden");
        (await desk.A.Edit(desk.People.OtherCustomer, ticket, new { subject = "Mine" })).Refused(HttpStatusCode.NotFound, "not_found");
        (await desk.A.Move(desk.People.Agent, ticket, "accept")).Must();
        var late = (await desk.A.Edit(desk.People.Customer, ticket, new { subject = "Too late" })).Refused(HttpStatusCode.Conflict, "move_not_allowed");
        Assert.Contains(desk.People.Agent.Name, late["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("The scanner is on fire", (await desk.A.Ticket(desk.People.Customer, ticket))["subject"]!.GetValue<string>());
    }
}
