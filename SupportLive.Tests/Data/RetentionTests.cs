using System.Net;
using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Data;

[Trait("Category", "Nodes")]
public sealed class RetentionTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<long> Count(TestNode node, string sql)
    {
        await using var command = node.The<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    [Fact]
    public async Task What_belongs_to_a_ticket_is_known_table_by_table()
    {
        await using var command = (await world.A).The<NpgsqlDataSource>().CreateCommand("select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'ticket_id'");
        var tables = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync(Ct))
        {
            while (await rows.ReadAsync(Ct)) tables.Add(rows.GetString(0));
        }

        Assert.Equal(tables.Order(StringComparer.Ordinal), Retention.Belongings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ended_tickets_and_old_notifications_go_when_their_time_is_over_and_nothing_else_does()
    {
        var database = await world.NewDatabase();
        Guid kept, gone, follower;
        await using (var node = await TestNode.Start(database))
        {
            var people = await People.Of(node);
            (kept, gone) = (await node.AcceptedTicket(people.Customer, people.Agent), await node.ClosedTicket(people.Customer, people.Agent));
            follower = (await node.As(people.Customer).Post($"/api/tickets/{gone}/follow-up", new { subject = "Again" })).Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>();
            await Eventually.True(async () => await Count(node, "select count(*) from notifications") > 0, "somebody was told");
            var manager = node.As(people.Manager);
            (await manager.Put("/api/settings/retention", new { notificationDays = 30, ticketDays = 29 })).Refused(HttpStatusCode.BadRequest, "invalid");
            (await manager.Put("/api/settings/retention", new { notificationDays = 30, ticketDays = 40 })).Must();
            Assert.Equal(0, (await manager.Get("/api/settings/retention/preview?ticketDays=30")).Must()["tickets"]!.GetValue<long>());
            (await node.As(people.Agent).Get("/api/settings/retention/preview?ticketDays=30")).Refused(HttpStatusCode.Forbidden, "forbidden");
        }

        var before = DateTimeOffset.UtcNow.ToString("O", System.Globalization.CultureInfo.InvariantCulture); // what the later node itself tells is younger
        await using var later = await TestNode.Start(database, $"--Clock:OffsetSeconds={45 * 86400}", "--Demo:Seed=false");

        await Eventually.True(async () => await Count(later, $"select count(*) from tickets where id = '{gone}'") == 0, "the ended ticket goes");
        foreach (var table in Retention.Belongings) Assert.Equal(0, await Count(later, $"select count(*) from {table} where ticket_id = '{gone}'"));
        Assert.Equal(2, await Count(later, $"select count(*) from tickets where id in ('{kept}', '{follower}')"));
        Assert.True(await Count(later, $"select count(*) from timeline where ticket_id = '{kept}'") > 0);
        await Eventually.True(async () => await Count(later, $"select count(*) from notifications where at < '{before}'") == 0, "old notifications go");
        Assert.True(await Count(later, "select count(*) from audit where act = 'tickets_deleted'") > 0);
    }
}
