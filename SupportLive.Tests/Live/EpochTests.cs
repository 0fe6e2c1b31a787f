using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>Numbers count in one log. Who remembers a place in another one starts over, however far this one has come.</summary>
[Trait("Category", "Nodes")]
public sealed class EpochTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restored_log_that_has_grown_past_the_readers_place_is_recognised()
    {
        var original = await world.NewDatabase();
        string epoch;
        Guid ticket;
        People people;
        await using (var before = await TestNode.Start(original))
        {
            people = await People.Of(before);
            ticket = await before.AcceptedTicket(people.Customer, people.Agent);
            epoch = await EpochOf(before, people, ticket);
        }

        await using (var again = await TestNode.Start(original)) Assert.Equal(epoch, await EpochOf(again, people, ticket));

        await using var restored = await TestNode.Start(await Copy(original));
        for (var n = 0; n < 5; n++) (await restored.Say(people.Customer, ticket, $"Another history {n}")).Must(HttpStatusCode.Created);
        await using var reader = await restored.Connect(people.Customer);
        var joined = (await reader.Call("join", ticket, 4, null, epoch)).Must();
        var resumed = (await reader.Call("resume", [new[] { new { ticketId = ticket, after = 4, epoch } }])).Must()[0]!;

        foreach (var answer in (JsonNode[])[joined, resumed])
        {
            Assert.True(answer["reset"]!.GetValue<bool>());
            Assert.Equal(Enumerable.Range(1, 7), answer["entries"]!.AsArray().Select(e => e!["seq"]!.GetValue<int>()));
            Assert.NotEqual(epoch, answer["epoch"]!.GetValue<string>());
        }

        var known = (await reader.Call("join", ticket, 4, null, joined["epoch"]!.GetValue<string>())).Must();
        Assert.False(known["reset"]!.GetValue<bool>());
        Assert.Equal([5, 6, 7], known["entries"]!.AsArray().Select(e => e!["seq"]!.GetValue<int>()));
    }

    private static async Task<string> EpochOf(TestNode node, People people, Guid ticket)
    {
        await using var client = await node.Connect(people.Customer);
        return (await client.Join(ticket))["epoch"]!.GetValue<string>();
    }

    // As a dump that is restored beside its original, in the same cluster.
    private static async Task<string> Copy(string database)
    {
        var copy = new NpgsqlConnectionStringBuilder(database);
        var original = copy.Database;
        copy.Database = "postgres";
        await using var source = NpgsqlDataSource.Create(copy.ConnectionString);
        await using var create = source.CreateCommand($"create database {original}_restored template {original}");
        await create.ExecuteNonQueryAsync(Ct);
        copy.Database = $"{original}_restored";
        return copy.ConnectionString;
    }
}
