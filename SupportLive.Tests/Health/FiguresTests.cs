using System.Diagnostics.Metrics;
using System.Net;
using SupportLive.Core.Health;
using SupportLive.Core.Live;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Health;

/// <summary>The meters count what happened, once, on the node where it did.</summary>
[Trait("Category", "Nodes")]
public sealed class FiguresTests(World world)
{
    [Fact]
    public async Task Messages_moves_refusals_and_pushes_are_counted_on_the_node_where_they_happened()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database);
        await using var b = await TestNode.Start(database);
        var people = await People.Of(a);
        var ticket = await a.AcceptedTicket(people.Customer, people.Agent);
        await using var agent = await a.Connect(people.Agent);
        await agent.Join(ticket);
        var before = await Traffic(a, people.Admin);
        for (var n = 0; n < 5; n++) (await a.Say(people.Customer, ticket, $"Hello {n}", $"c{n}")).Must(HttpStatusCode.Created);
        (await a.Say(people.Customer, ticket, "Hello 4", "c4")).Must(HttpStatusCode.Created); // a repetition stores nothing
        await agent.HearMessage("Hello 4");
        (await agent.Call("join", Guid.NewGuid())).Refused("not_found");
        (await a.As(people.Agent).Post($"/api/tickets/{ticket}/resolve")).Must();

        var after = await Eventually.Get(() => Traffic(a, people.Admin), t => t.Moves.Any(m => m.Name == Wire.TicketResolved), "the move is counted");
        Assert.Equal(5, after.Messages - before.Messages);
        Assert.Equal(1, after.Moves.Single(m => m.Name == Wire.TicketResolved).Total);
        Assert.Equal(1, after.Refusals.Single(r => r.Name == "not_found").Total);
        Assert.InRange(after.PushDelay!.Count, 5, 100);
        Assert.InRange(after.PushDelay.P99, 0.00001, 10);
        Assert.True(after.PushDelay.P50 <= after.PushDelay.P99, "Half is not more than nearly all.");
        Assert.Equal(0, (await Traffic(b, people.Admin)).Messages); // in the same process, and another node
    }

    [Fact]
    public async Task A_connection_counts_by_role_and_transport_until_it_closes()
    {
        await using var node = await TestNode.Start(await world.NewDatabase());
        var people = await People.Of(node);
        var figures = node.The<NodeFigures>();
        Assert.Empty(figures.Now().Connections);

        await using (await node.Connect(people.Agent))
        await using (await node.Connect(people.Customer))
        await using (await node.Connect(people.Customer))
        {
            await Eventually.True(() => Task.FromResult(figures.Now().Connections.Sum(c => c.Count) == 3), "all are in");
            Assert.Equal([new("agent", "websockets", 1), new("customer", "websockets", 2)], figures.Now().Connections);
        }

        await Eventually.True(() => Task.FromResult(figures.Now().Connections.Count == 0), "all are gone");
    }

    [Fact]
    public async Task What_another_node_wrote_is_measured_when_it_arrives()
    {
        var database = await world.NewDatabase();
        await using var a = await TestNode.Start(database);
        await using var b = await TestNode.Start(database, "--Clock:OffsetSeconds=120"); // a wrong clock does not count as lag
        var people = await People.Of(a);
        var ticket = await a.AcceptedTicket(people.Customer, people.Agent);
        await using var agent = await b.Connect(people.Agent);
        await agent.Join(ticket);
        await Eventually.True(() => Task.FromResult(b.The<Hearing>().ClockOffset < TimeSpan.FromSeconds(-110)), "the clocks are compared");

        (await a.Say(people.Customer, ticket, "Over there")).Must(HttpStatusCode.Created);
        await agent.HearMessage("Over there");

        var lag = b.The<MeterReader>().Spread(Meters.FollowerLag)!;
        Assert.InRange(lag.P99, 0.00001, 15);
        await Eventually.True(() => Task.FromResult(b.The<MeterReader>().Spread(Meters.PushDelay) is { Count: > 0, P99: < 15 }), "it is pushed, and measured");
    }

    [Fact]
    public void A_rate_forgets_what_is_older_than_it_was_asked_for()
    {
        var clock = new HandClock();
        var rate = new Counted(clock);
        rate.Add(7);
        clock.Pass(1);
        rate.Add(3);
        Assert.Equal((0.7, 10L), (rate.PerSecond(10), rate.Total)); // the second that runs does not count
        clock.Pass(10);
        Assert.Equal((0.3, 10L), (rate.PerSecond(10), rate.Total));
        Assert.Equal(10d / 60, rate.PerSecond(60), 6);
        clock.Pass(60);
        Assert.Equal(0, rate.PerSecond(60));
    }

    [Fact]
    public void Percentiles_are_those_of_the_last_minute()
    {
        var clock = new HandClock();
        var spread = new Counted(clock);
        for (var n = 0; n < 98; n++) spread.Took(.01);
        for (var n = 0; n < 2; n++) spread.Took(5);
        var read = spread.Percentiles!;
        Assert.InRange(read.P50, .008, .012);
        Assert.InRange(read.P99, 4, 6);
        clock.Pass(100);
        Assert.Null(spread.Percentiles);
    }

    private static async Task<TrafficView> Traffic(TestNode node, Person admin) => (await node.The<SystemQueries>().Read(await People.ActorOf(node, admin), TestContext.Current.CancellationToken)).Must().Traffic;

    private sealed class HandClock : TimeProvider
    {
        private long now = 1_000_000;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => now;

        public void Pass(int seconds) => now += seconds * 1000;
    }

    /// <summary>Meters and their reader by themselves.</summary>
    private sealed class Counted : IMeterFactory
    {
        private readonly MeterReader reader;
        private readonly Meters meters;

        public Counted(TimeProvider time) => (reader, meters) = (new MeterReader(this, time), new Meters(this));

        public Meter Create(MeterOptions options) => new(options.Name, null, null, scope: this);

        public void Add(int count) => meters.Acked(count);

        public void Took(double seconds) => meters.Followed(TimeSpan.FromSeconds(seconds));

        public double PerSecond(int seconds) => reader.PerSecond(Meters.MessagesAcked, seconds);

        public long Total => reader.Counted(Meters.MessagesAcked).Sum(c => c.Total);

        public Percentiles? Percentiles => reader.Spread(Meters.FollowerLag);

        public void Dispose() => reader.Dispose();
    }
}
