using System.Diagnostics;
using System.Net;
using Npgsql;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>A node that stops where it stands, with a ticket's row lock in its hand.</summary>
[Trait("Category", "Nodes")]
public sealed class FrozenNodeTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holds_up_the_other_nodes_for_about_three_seconds_and_refuses_nobody()
    {
        var database = await world.NewDatabase();
        await using var frozen = await TestNode.Start(database);
        await using var other = await TestNode.Start(database);
        var people = await People.Of(other);
        var ticket = await other.AcceptedTicket(people.Customer, people.Agent);
        var connection = await frozen.The<NpgsqlDataSource>().OpenConnectionAsync(Ct);
        await Lock(connection, ticket);
        var since = Stopwatch.StartNew();

        var written = await other.Say(people.Customer, ticket, "Is somebody there?");

        written.Must(HttpStatusCode.Created);
        Assert.InRange(since.Elapsed.TotalSeconds, 1, 6); // 2.5 and the machine's share; it used to be 10
        await Assert.ThrowsAnyAsync<NpgsqlException>(connection.CloseAsync); // what it wakes up with is gone
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_a_lock_is_refused_as_busy_and_has_one_effect_later()
    {
        var database = await world.NewDatabase();
        await using var node = await TestNode.Start(database);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
        await using var source = NpgsqlDataSource.Create(database); // on no terms: it holds the lock for as long as it likes
        await using var connection = await source.OpenConnectionAsync(Ct);
        await Lock(connection, ticket);

        foreach (var attempt in (Func<Task<Answer>>[])[() => node.Say(people.Customer, ticket, "Hello", "c1"), () => node.Move(people.Agent, ticket, "resolve")])
        {
            var since = Stopwatch.StartNew();
            var answer = await attempt();
            answer.Refused(HttpStatusCode.ServiceUnavailable, "busy");
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.InRange(since.Elapsed.TotalSeconds, 4, 12);
        }

        await connection.CloseAsync();
        (await node.Say(people.Customer, ticket, "Hello", "c1")).Must(HttpStatusCode.Created);
        Assert.Single(await node.Log(people.Customer, ticket), e => e.Body == "Hello");
        (await node.Move(people.Agent, ticket, "resolve")).Must();
    }

    private static async Task Lock(NpgsqlConnection connection, Guid ticket)
    {
        await using var take = new NpgsqlCommand("begin; select id from tickets where id = $1 for no key update".Replace("$1", $"'{ticket}'", StringComparison.Ordinal), connection);
        await take.ExecuteNonQueryAsync(Ct);
    }
}
