using System.Diagnostics;
using System.Net;
using SupportLive.Core.Live;
using SupportLive.Core.Overview;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Overview;

/// <summary>The wall of one node moves by what happens on any node, and is what a fresh look would show.</summary>
[Trait("Category", "Nodes")]
public sealed class WallBoardTests(World world) : IAsyncLifetime
{
    private TestNode a = null!;
    private TestNode b = null!;
    private People people = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await world.NewDatabase();
        (a, b) = (await TestNode.Start(database), await TestNode.Start(database));
        people = await People.Of(a);
    }

    [Fact]
    public async Task An_old_picture_and_the_events_since_are_the_fresh_picture()
    {
        var manager = await People.ActorOf(a, people.Manager);
        using var subscription = a.The<LiveStream>().Subscribe();
        subscription.Add(Topic.Wall);
        using var watching = a.The<WallBoard>().Watch();
        var told = (await a.The<WallBoard>().Now(manager, Ct)).Value!;
        Assert.Equal(await Fresh(told), Picture(told));
        var before = told.FirstResponse.Count;
        var events = subscription.Read(Ct).GetAsyncEnumerator(Ct);

        var ticket = await a.OpenTicket(people.Customer, "Watched", "urgent");
        Func<TestNode, Task<Answer>>[] actions =
        [
            n => n.Move(people.Agent, ticket, "accept"),
            n => n.Say(people.Agent, ticket, "How can I help?"),
            n => n.Say(people.Customer, ticket, "It burns"),
            n => n.Move(people.Agent, ticket, "escalate", new { reason = "Fire" }),
            n => n.Move(people.Manager, ticket, "assign", new { agentId = people.OtherAgent.Id, force = true }),
            n => n.Move(people.OtherAgent, ticket, "release"),
            n => n.Move(people.Agent, ticket, "accept"),
            n => n.Move(people.Agent, ticket, "resolve"),
            n => n.Move(people.Customer, ticket, "rate", new { score = 4 }),
            n => n.Move(people.Agent, ticket, "close"),
        ];
        for (var step = 0; step < actions.Length; step++)
        {
            var answer = await actions[step](step % 2 == 0 ? b : a);
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.Text);
            var fresh = await Fresh(told);
            while (Picture(told) != fresh)
            {
                told = await Next(events, () => $"{step}:\n{Picture(told)}\nnever was\n{fresh}");
            }
        }

        Assert.Equal((4.0, before + 1), (told.Rating.Average, told.FirstResponse.Count));
    }

    private static async Task<WallView> Next(IAsyncEnumerator<LiveEvent> events, Func<string>? missed = null)
    {
        while (true)
        {
            var next = events.MoveNextAsync().AsTask();
            Assert.True(await Task.WhenAny(next, Task.Delay(Eventually.Deadline, Ct)) == next, missed?.Invoke() ?? "No picture came.");
            if (events.Current is WallMoved moved) return moved.Wall;
        }
    }

    // Only what stays while nothing happens: the picture of now, without the clock.
    private static string Picture(WallView wall) => string.Join('\n',
    [
        $"{wall.Waiting} {At(wall.LongestSince)} {wall.Active} {wall.Escalated} {Took(wall.FirstResponse.Median)} {Took(wall.FirstResponse.P90)} {wall.FirstResponse.Count} {wall.Rating}",
        .. wall.Queues.Select(q => $"{q.Category} {q.Waiting} {At(q.Since)}"),
        .. wall.Unanswered.OrderBy(u => u.Key).Select(u => $"{u.Key}"),
        .. wall.Conversations.OrderBy(r => r.Ticket.Number).Select(r => $"{r.Ticket.Number} {r.Ticket.Status} {r.Ticket.Version} {r.Ticket.PublicSeq} {r.Ticket.WaitingSince is not null} {r.Ticket.Assignee?.DisplayName} {r.LastMessage?.Seq} {r.LastMessage?.Body}"),
    ]);

    // Since when somebody waits is a few microseconds apart in the message and in its ticket. The database keeps microseconds, the node that has just acted knows them more exactly.
    private static long? At(DateTimeOffset? at) => at?.Ticks / 10;

    private static double? Took(TimeSpan? took) => took is { } t ? Math.Ceiling(t.TotalMicroseconds) : null;

    private async Task<string> Fresh(WallView of)
    {
        var state = new WallState();
        state.Load(await b.The<WallQueries>().Load(DateTimeOffset.UtcNow, of.Today, Ct));
        return Picture(state.View(DateTimeOffset.UtcNow, of.Today, b.The<Core.Escalation.TargetClock>().Times));
    }

    [Fact]
    public async Task A_storm_is_one_picture_now_and_then_and_not_one_for_each_event()
    {
        var ticket = await a.AcceptedTicket(people.Customer, people.Agent);
        var manager = await People.ActorOf(a, people.Manager);
        using var subscription = a.The<LiveStream>().Subscribe();
        subscription.Add(Topic.Wall);
        using var watching = a.The<WallBoard>().Watch();
        await a.The<WallBoard>().Now(manager, Ct);
        var events = subscription.Read(Ct).GetAsyncEnumerator(Ct);
        var since = Stopwatch.StartNew();

        var said = await Task.WhenAll(Enumerable.Range(0, 300).Select(n => a.Say(people.Agent, ticket, $"Line {n}")));
        Assert.All(said, s => s.Must(HttpStatusCode.Created));
        var pictures = 0;
        for (WallView? wall = null; wall?.Conversations.Single(r => r.Ticket.Id == ticket).Ticket.PublicSeq != 302; pictures++)
        {
            wall = await Next(events);
        }

        Assert.InRange(pictures, 1, (since.ElapsedMilliseconds / 500) + 3);
    }

    [Fact]
    public async Task Who_may_not_see_the_overview_gets_no_picture()
    {
        Assert.True((await a.The<WallBoard>().Now(await People.ActorOf(a, people.Manager), Ct)).Ok);
        Assert.Equal("forbidden", (await a.The<WallBoard>().Now(await People.ActorOf(a, people.Agent), Ct)).Refusal?.Code);
        Assert.Equal("forbidden", (await a.The<WallBoard>().Now(await People.ActorOf(a, people.Customer), Ct)).Refusal?.Code);
    }

    public async ValueTask DisposeAsync()
    {
        await a.DisposeAsync();
        await b.DisposeAsync();
    }
}
