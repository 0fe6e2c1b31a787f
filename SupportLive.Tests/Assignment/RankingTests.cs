using SupportLive.Core.Assignment;
using SupportLive.Core.Tickets;
using Xunit;

namespace SupportLive.Tests.Assignment;

public sealed class RankingTests
{
    private static readonly AssignmentSettings Settings = AssignmentSettings.Key.Default;
    private static readonly string[] Categories = ["general", "billing", "technical"];

    private static AgentState Agent(string name, double load = 0, int capacity = 12) => new() { Id = Guid.NewGuid(), DisplayName = name, Alive = true, Capacity = capacity, Load = load, Conversations = load > 0 ? 1 : 0 };

    private static Need Ticket(TicketPriority priority = TicketPriority.Medium, string category = "general", params Guid[] excluded) => new(category, priority, excluded);

    private static IEnumerable<string> Able(Need need, params AgentState[] agents) => Ranking.Of(need, agents, Settings).Where(c => c.Able).Select(c => c.Agent.DisplayName);

    [Fact]
    public void The_lowest_load_is_first_and_of_equals_the_longest_idle()
    {
        var (now, early) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(-1));

        Assert.Equal(["never", "idle", "just", "loaded"], Able(Ticket(), Agent("loaded", 3), Agent("just") with { GivenAt = now }, Agent("idle") with { GivenAt = early }, Agent("never")));
        Assert.Equal(["two", "offered"], Able(Ticket(), Agent("offered", 1) with { Offered = 2 }, Agent("two", 2)));
    }

    [Theory]
    [InlineData(10, 12, TicketPriority.Medium, true)]
    [InlineData(10.5, 12, TicketPriority.Medium, false)]
    [InlineData(12, 12, TicketPriority.Low, false)]
    [InlineData(0, 1, TicketPriority.Urgent, true)] // or the heaviest could wait for ever
    [InlineData(0.5, 1, TicketPriority.Urgent, false)]
    [InlineData(0, 0, TicketPriority.Low, false)]
    public void There_is_room_within_the_capacity_and_for_one_with_empty_hands(double load, int capacity, TicketPriority priority, bool able) =>
        Assert.Equal(able, Able(Ticket(priority), Agent("one", load, capacity)).Any());

    [Fact]
    public void Whoever_cannot_is_told_why_in_words()
    {
        var declined = Agent("declined");
        var lines = Ranking.Of(Ticket(TicketPriority.High, "billing", declined.Id),
        [
            Agent("gone") with { Alive = false }, Agent("away") with { Chosen = AgentStatus.Away }, Agent("sent away") with { Chosen = AgentStatus.Away, Reason = "ignored_offers" },
            Agent("busy") with { Chosen = AgentStatus.Busy }, Agent("other") with { Categories = ["general"] }, declined, Agent("none", 0, 0), Agent("full", 10), Agent("best", 4), Agent("second", 5.5),
        ], Settings).ToDictionary(c => c.Agent.DisplayName, c => c.Reason);

        Assert.Equal("Is away: nothing is connected", lines["gone"]);
        Assert.Equal("Is away", lines["away"]);
        Assert.Equal("Is away: did not answer three offers", lines["sent away"]);
        Assert.Equal("Is busy", lines["busy"]);
        Assert.Equal("Does not take this category", lines["other"]);
        Assert.Equal("Has passed this ticket on", lines["declined"]);
        Assert.Equal("Has no capacity", lines["none"]);
        Assert.Equal("Load 10 of 12 leaves no room for 3 more", lines["full"]);
        Assert.Equal("Load 4 of 12, the lowest of 2 online", lines["best"]);
        Assert.Equal("Load 5.5 of 12", lines["second"]);
    }

    [Fact]
    public void Whatever_the_desk_nobody_gets_more_than_fits_and_nobody_with_less_to_do_is_passed_over()
    {
        var random = new Random(4711);
        for (var round = 0; round < 2000; round++)
        {
            var agents = Enumerable.Range(0, random.Next(1, 9)).Select(n => new AgentState
            {
                Id = Guid.NewGuid(),
                DisplayName = $"Agent {n}",
                Alive = random.Next(4) > 0,
                Chosen = (AgentStatus)random.Next(3),
                Capacity = random.Next(15),
                Load = random.Next(28) / 2.0,
                Offered = random.Next(3),
                Categories = [.. Categories.Where(_ => random.Next(3) == 0)],
                GivenAt = random.Next(2) == 0 ? null : DateTimeOffset.UnixEpoch.AddMinutes(random.Next(100)),
            }).ToList();
            var need = new Need(Categories[random.Next(3)], (TicketPriority)random.Next(4), [.. agents.Where(_ => random.Next(5) == 0).Select(a => a.Id)]);
            var weight = Settings.Weights!.Of(need.Priority)!.Value;

            var ranked = Ranking.Of(need, agents, Settings);

            Assert.Equal(agents.Select(a => a.Id).Order(), ranked.Select(c => c.Agent.Id).Order());
            Assert.All(ranked, c => Assert.False(string.IsNullOrWhiteSpace(c.Reason)));
            bool May(AgentState a) => a.Alive && a.Chosen == AgentStatus.Available && !need.Excluded.Contains(a.Id) && (a.Categories.Count == 0 || a.Categories.Contains(need.Category))
                && a.Capacity > 0 && (a.Load + a.Offered == 0 || a.Load + a.Offered + weight <= a.Capacity);
            Assert.All(ranked, c => Assert.Equal(May(c.Agent), c.Able));
            var able = ranked.TakeWhile(c => c.Able).ToList();
            Assert.Equal(able.Count, ranked.Count(c => c.Able));
            if (able.Count > 0) Assert.Equal(able.Min(c => c.Agent.Load + c.Agent.Offered), able[0].Agent.Load + able[0].Agent.Offered);
            Assert.Equal(ranked.Select(c => c.Agent.Id), Ranking.Of(need, agents.OrderBy(_ => random.Next()), Settings).Select(c => c.Agent.Id)); // however they are read
        }
    }
}
