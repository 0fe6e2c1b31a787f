using Npgsql;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound;

/// <summary>Followers commit without waiting for the disk, so a crash of the database may take back what they have done last, cursor included.</summary>
[Trait("Category", "Nodes")]
public sealed class TakenBackTests(World world)
{
    [Theory]
    [InlineData("notifications", "notifications")]
    [InlineData("mail", "outbox")]
    public async Task What_a_crash_took_back_is_told_again_by_the_node_that_lived_on(string job, string table)
    {
        await using var node = await TestNode.Start(await world.NewDatabase());
        var people = await People.Of(node);
        var customer = await People.NewCustomer(node);
        var before = await Ask($"select tx::text from follower_cursors where name = '{job}'");
        var ticket = await node.AcceptedTicket(customer, people.Agent);
        await Told();

        await Ask(
            $"""
            with gone as (delete from {table} where ticket_id = '{ticket}' and account_id = '{customer.Id}')
            update follower_cursors set tx = '{before}'::xid8 where name = '{job}'
            """);
        await Ask($"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'supportlive-{job}'");

        await Told();

        Task Told() => Eventually.True(async () => await Ask($"select count(*) from {table} where ticket_id = '{ticket}' and account_id = '{customer.Id}'") is long and > 0, "the customer is told");

        async Task<object?> Ask(string sql)
        {
            await using var command = node.The<NpgsqlDataSource>().CreateCommand(sql);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }
}
