using System.Text.Json;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Assignment;
using SupportLive.Web.Tickets;
using Xunit;

namespace SupportLive.Tests.Assignment;

/// <summary>The law of the screens for agents and offers: what was loaded once and the events since make what is loaded now.</summary>
[Trait("Category", "Nodes")]
public sealed class AgentsStateTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_old_picture_and_the_events_since_are_the_fresh_picture()
    {
        await desk.Mode(AssignmentMode.Offer);
        await using var one = await desk.Agent("Olga Old", node: desk.A);
        var manager = await People.ActorOf(desk.B, desk.People.Manager);
        var self = await People.ActorOf(desk.B, one.Person);
        using var subscription = desk.B.The<LiveStream>().Subscribe();
        subscription.Add(Topic.Staff);
        var (agents, offered) = (new AgentsState(), new DeskState(self.Id).Offered);
        agents.Load((await desk.B.The<AgentQueries>().List(manager, Ct)).Must());
        offered.Load([]);
        _ = Task.Run(async () =>
        {
            await foreach (var happened in subscription.Read(Ct))
            {
                lock (agents)
                {
                    agents.Apply(happened);
                    offered.Apply(happened);
                }
            }
        }, Ct);

        var ticket = await desk.Ticket("urgent");
        await Agree("offered");
        (await desk.B.Move(one.Person, ticket, "decline")).Must();
        await Agree("declined");
        (await desk.A.Move(one.Person, ticket, "accept")).Must();
        await Agree("accepted");
        (await one.Choose("busy")).Must(System.Net.HttpStatusCode.NoContent);
        await Agree("busy");
        (await desk.A.As(desk.People.Manager).Put($"/api/users/{one.Person.Id}/agent", new { capacity = 3, categories = (string[])["billing"] })).Must();
        await Agree("configured");
        (await desk.B.Move(one.Person, ticket, "resolve")).Must();
        await Agree("resolved");

        Task Agree(string step) => Eventually.True(async () =>
        {
            var fresh = new AgentsState();
            fresh.Load((await desk.B.The<AgentQueries>().List(manager, Ct)).Must());
            var page = (await desk.B.The<TicketQueries>().List(self, offered.Filter, Ct)).Must().Items;
            lock (agents) return Picture(fresh) == Picture(agents) && page.Select(t => t.Id).SequenceEqual(offered.Rows.Select(r => r.Ticket.Id));
        }, $"both agree after {step}");
    }

    private static string Picture(AgentsState agents) => JsonSerializer.Serialize(agents.Agents, Wire.Json);

    [Fact]
    public void An_offer_that_comes_later_than_its_end_does_not_come_back()
    {
        var ticket = Tickets.Cast.OpenTicket();
        var agent = new PersonView(Guid.NewGuid(), "Agent");
        ticket.Offer(agent, Tickets.Cast.Now.AddSeconds(30), "Because", beside: false, Tickets.Cast.Node, Tickets.Cast.Now).Must();
        var offer = new OfferView(agent.Id, Tickets.Cast.Now.AddSeconds(30));
        var known = Snapshot(ticket.Version) with { OfferSeq = 2 };

        Assert.Null(known.Newer(Snapshot(ticket.Version) with { OfferSeq = 1, Offer = offer }).Offer);
        Assert.NotNull(known.Newer(Snapshot(ticket.Version) with { OfferSeq = 3, Offer = offer }).Offer);
    }

    private static TicketSnapshot Snapshot(int version) => new(
        Guid.NewGuid(), 1, "Help", "Please", "general", TicketPriority.Low, TicketStatus.Open, null, new PersonView(Guid.NewGuid(), "Customer"), null, null, null, null, null,
        [], Tickets.Cast.Now, null, null, null, null, Tickets.Cast.Now, null, null, 1, 0, version);
}
