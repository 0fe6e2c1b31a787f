using System.Globalization;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Assignment;

/// <summary>Three nodes that all assign, against people who do it by hand.</summary>
[Trait("Category", "Nodes")]
public sealed class RaceTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    // Of the race of automatic assignment against people; more on demand.
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("SUPPORTLIVE_RACE_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0 ? rounds : 150;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_nodes_give_each_ticket_once_and_nobody_more_than_fits()
    {
        await desk.Mode(AssignmentMode.Direct);
        var agents = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => desk.Agent($"Racer {n}", capacity: 7, node: desk.Any(n))));
        var tickets = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => desk.Ticket(n % 2 == 0 ? "medium" : "low", node: desk.Any(n))));

        // Room for 5 × 7, and the first 15 in the queue take 30 of it; what is left takes ones.
        await Eventually.Get(desk.Agents, all => all.Where(a => agents.Any(x => x.Person.Id == a["id"]!.GetValue<Guid>())).Sum(a => a["load"]!.GetValue<double>()) == 35, "all hands are full");

        Assert.All(await desk.Agents(), a => Assert.True(a["load"]!.GetValue<double>() <= a["capacity"]!.GetValue<int>(), a.ToJsonString()));
        var logs = await Task.WhenAll(tickets.Select(desk.History));
        Assert.All(logs, log => Assert.True(log.Count(e => Kind(e) == "ticket_assigned") <= 1));
        Assert.Equal(20, logs.Count(log => log.Any(e => Kind(e) == "ticket_assigned")));
        foreach (var agent in agents) await agent.DisposeAsync();
    }

    private static string Kind(JsonNode entry) => entry["kind"]!.GetValue<string>();

    [Fact]
    public async Task No_ticket_is_offered_twice_at_once()
    {
        await desk.Mode(AssignmentMode.Offer, offerSeconds: 60);
        var agents = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => desk.Agent($"Decliner {n}", capacity: 100, node: desk.Any(n))));
        var tickets = await Task.WhenAll(Enumerable.Range(0, 15).Select(n => desk.Ticket(node: desk.Any(n))));

        await Task.WhenAll(agents.Select(async (agent, n) => // everybody declines everything, as soon as it comes
        {
            foreach (var ticket in tickets)
            {
                await agent.Hub.Hear("ticket_offered", p => p["ticket"]!["id"]!.GetValue<Guid>() == ticket && p["ticket"]!["offer"]?["agentId"]!.GetValue<Guid>() == agent.Person.Id);
                (await desk.Any(n + 1).Move(agent.Person, ticket, "decline")).Must();
            }
        }));

        foreach (var log in await Task.WhenAll(tickets.Select(desk.History)))
        {
            var offers = log.Skip(1).Select(Kind).ToArray();
            Assert.Equal(Enumerable.Range(0, 8).Select(n => n % 2 == 0 ? "ticket_offered" : "ticket_declined"), offers);
            Assert.Equal(4, log.Where(e => Kind(e) == "ticket_offered").Select(e => e["data"]!["agent"]!["id"]!.GetValue<Guid>()).Distinct().Count());
        }

        foreach (var agent in agents) await agent.DisposeAsync();
    }

    [Fact]
    public async Task Automatic_against_assigned_against_accepted_against_closed_leaves_one_legal_path_and_what_people_did()
    {
        await desk.Mode(AssignmentMode.Direct);
        await using var automatic = await desk.Agent("Auto", capacity: 1000);
        var (chosen, quick) = (await People.New(desk.A, Roles.Agent, "Chosen"), await People.New(desk.A, Roles.Agent, "Quick"));
        var (manager, accepts, customer) = (await People.ActorOf(desk.A, desk.People.Manager), await People.ActorOf(desk.A, quick), await People.ActorOf(desk.A, desk.People.Customer));
        TicketActions On(int n) => desk.Any(n).The<TicketActions>();
        var random = new Random(42);

        var winners = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var ticket = (await On(round).Open(customer, new NewTicket("Race", "Go", "general", TicketPriority.Low), Ct)).Must().Id;
            await Task.Delay(random.Next(4), Ct);
            var close = round % 3 == 0;
            var assign = On(round + 1).Assign(manager, ticket, chosen.Id, force: false, Ct);
            var accept = On(round).Accept(accepts, ticket, Ct);
            var closed = close ? On(round + 2).Close(customer, ticket, Ct) : null;
            var (assigned, accepted) = (await assign, await accept);
            if (closed is not null) await closed;

            var log = await desk.History(ticket);
            var path = log.Select(e => e["author"] is null ? "auto" : Kind(e)).ToArray();
            var byHand = Array.FindIndex(path, k => k is "ticket_accepted" or "ticket_assigned" or "ticket_closed");
            Assert.True(byHand >= 0 && Array.LastIndexOf(path, "auto") < byHand, string.Join(' ', path)); // what a person did, nothing automatic undoes
            Assert.True(path.Count(k => k == "auto") <= 1 && path.Count(k => k == "ticket_accepted") <= 1 && path.Count(k => k == "ticket_assigned") <= 1, string.Join(' ', path));
            Assert.Equal(accepted.Ok, path.Contains("ticket_accepted"));
            Assert.Equal(assigned.Ok, path.Contains("ticket_assigned"));
            if (close) Assert.Equal("ticket_closed", path[^1]);
            if (path.Contains("ticket_accepted") && path.Contains("auto")) Assert.Fail($"Accepted although it was given: {string.Join(' ', path)}");
            var seen = await desk.See(ticket);
            if (assigned.Ok) Assert.Equal(chosen.Id, seen["assignee"]!["id"]!.GetValue<Guid>());
            winners.Add(path[1]);
            if (!close) await On(round).Close(manager, ticket, Ct);
        }

        TestContext.Current.SendDiagnosticMessage("First to get one of {0} tickets: {1}", Rounds, string.Join(", ", winners.CountBy(w => w).Select(w => $"{w.Key} {w.Value}")));
        Assert.Superset(new HashSet<string>(["auto", "ticket_accepted"], StringComparer.Ordinal), winners.ToHashSet(StringComparer.Ordinal)); // it was a race
    }
}
