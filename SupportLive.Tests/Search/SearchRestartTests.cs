using System.Net;
using Npgsql;
using SupportLive.Core.Search;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Search;

[Trait("Category", "Nodes")]
public sealed class SearchRestartTests(World world)
{
    [Fact]
    public async Task After_a_restart_or_a_lost_place_everything_is_there_once()
    {
        var database = await world.NewDatabase();
        Guid ticket;
        People people;
        await using (var first = await TestNode.Start(database))
        {
            people = await People.Of(first);
            ticket = await first.AcceptedTicket(people.Customer, people.Agent);
            for (var n = 0; n < 5; n++) (await first.Say(people.Agent, ticket, $"Zucchini {n}")).Must(HttpStatusCode.Created);
            await Finds(first, people.Customer, "zucchini", 5);
            await Finds(first, people.Agent, "widgets", 1); // the demo's past, too
        }

        await using (var second = await TestNode.Start(database))
        {
            (await second.Say(people.Agent, ticket, "Zucchini 5")).Must(HttpStatusCode.Created);
            await Finds(second, people.Customer, "zucchini", 6);
        }

        // What a crash between two pages leaves behind, and a place that was lost altogether.
        foreach (var lost in (string[])["update follower_cursors set tx = '3' where name = 'search'", "delete from follower_cursors where name = 'search'", "delete from search_entries where seq % 2 = 0; delete from follower_cursors where name = 'search'"])
        {
            var before = await Entries(database);
            await using var session = new NpgsqlConnection(database);
            await session.OpenAsync(TestContext.Current.CancellationToken);
            await using (var command = new NpgsqlCommand(lost, session)) await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var index = new SearchIndex(session);
            await index.Begin(TestContext.Current.CancellationToken);
            int rows;
            do rows = await index.Next(TestContext.Current.CancellationToken);
            while (rows > 0);

            Assert.Equal(before, await Entries(database));
        }
    }

    private static Task Finds(TestNode node, Person who, string word, int count) =>
        Eventually.True(async () => (await node.As(who).Get($"/api/search?q={word}")).Must()["items"]!.AsArray().Count == count, $"{word} is found {count} times");

    private static async Task<string> Entries(string database)
    {
        await using var data = NpgsqlDataSource.Create(database);
        await using var command = data.CreateCommand("select count(*) || ' ' || md5(string_agg(ticket_id || '.' || feed || '.' || seq, ' ' order by ticket_id, feed, seq)) from search_entries");
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
