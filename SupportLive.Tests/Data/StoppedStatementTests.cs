using Npgsql;
using SupportLive.Core.Data;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Data;

/// <summary>Readers leave whenever they like, also while their statement is being prepared on a session that others use next.</summary>
public sealed class StoppedStatementTests(World world)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_stopped_statement_leaves_behind_is_an_outage_and_over_at_once()
    {
        var address = new DatabaseAddress(await world.NewDatabase()).Session("stopped");
        address.MaxPoolSize = 1;
        await using var database = NpgsqlDataSource.Create(address);
        for (var n = 0; n < 200; n++)
        {
            var sql = $"select g, {n} from generate_series(1, 3) g, pg_sleep(0.0005)";
            Assert.Equal(3, await Rows(database, sql, Ct));
            using (var leaves = new CancellationTokenSource(TimeSpan.FromMicroseconds(n * 10)))
            {
                if (await Record.ExceptionAsync(() => Rows(database, sql, leaves.Token)) is { } left) Assert.True(left is OperationCanceledException || Outage.Is(left), left.ToString());
            }

            if (await Record.ExceptionAsync(() => Rows(database, sql, Ct)) is not { } poisoned) continue; // one in a few hundred is
            Assert.True(Outage.Is(poisoned), poisoned.ToString());
            Assert.Equal(3, await Rows(database, sql, Ct));
        }
    }

    private static async Task<int> Rows(NpgsqlDataSource database, string sql, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql + ", pg_sleep(0.0005) s"));
        await using var row = await batch.ExecuteReaderAsync(ct);
        var rows = 0;
        while (await row.ReadAsync(ct)) rows++;
        return rows;
    }
}
