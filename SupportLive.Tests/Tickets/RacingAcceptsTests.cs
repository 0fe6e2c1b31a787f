using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

[Trait("Category", "Nodes")]
public sealed class RacingAcceptsTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private const int Agents = 40;
    private const int Rounds = 20;

    [Fact]
    public async Task Of_forty_who_accept_at_once_over_two_nodes_one_wins_and_the_others_are_told_who()
    {
        var agents = await Task.WhenAll(Enumerable.Range(0, Agents).Select(n => People.New(desk.Either(n), Roles.Agent, $"Racer {n}")));
        for (var round = 0; round < Rounds; round++)
        {
            var ticket = await desk.Either(round).OpenTicket(desk.People.Customer);

            var answers = await Task.WhenAll(agents.Select((agent, n) => desk.Either(n).Move(agent, ticket, "accept")));

            var winner = agents[Array.FindIndex(answers, a => a.Status == HttpStatusCode.OK)];
            Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
            foreach (var loser in answers.Where(a => a.Status != HttpStatusCode.OK))
            {
                loser.Refused(HttpStatusCode.Conflict, "ticket_already_accepted");
                Assert.Equal(winner.Id, loser["by"]!["id"]!.GetValue<Guid>());
                Assert.Equal(winner.Name, loser["by"]!["displayName"]!.GetValue<string>());
                Assert.Contains(winner.Name, loser["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            }

            Assert.Equal(["ticket_created", "ticket_accepted"], (await desk.B.Log(desk.People.Manager, ticket)).Select(e => e.Kind));
            (await desk.A.Move(winner, ticket, "accept")).Must(); // again: it is theirs already
            Assert.Equal(winner.Id, (await desk.B.As(desk.People.Customer).Get($"/api/tickets/{ticket}")).Must()["assignee"]!["id"]!.GetValue<Guid>());
        }
    }

    [Fact]
    public async Task Accept_and_reject_at_once_leave_one_of_the_two()
    {
        for (var round = 0; round < 10; round++)
        {
            var ticket = await desk.A.OpenTicket(desk.People.Customer);

            var answers = await Task.WhenAll(desk.A.Move(desk.People.Agent, ticket, "accept"), desk.B.Move(desk.People.OtherAgent, ticket, "reject", new { reason = "Spam" }));

            var loser = Assert.Single(answers, a => a.Status != HttpStatusCode.OK);
            var winner = loser == answers[0] ? desk.People.OtherAgent : desk.People.Agent;
            Assert.Equal(HttpStatusCode.Conflict, loser.Status);
            Assert.Equal(winner.Id, loser["by"]!["id"]!.GetValue<Guid>());
            Assert.Equal(2, (await desk.A.Log(desk.People.Agent, ticket)).Count);
        }
    }
}
