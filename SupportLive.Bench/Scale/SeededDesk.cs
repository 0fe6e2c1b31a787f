using Npgsql;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Scale;

/// <summary>A server on a database that was filled for it, and who asks it.</summary>
internal sealed class SeededDesk : IAsyncDisposable
{
    private const int MessagesPerTicket = 10;

    private readonly Stage stage;

    private SeededDesk(Stage stage) => this.stage = stage;

    public required int Pid { get; init; }

    public required People People { get; init; }

    public required Asker Asker { get; init; }

    /// <summary>The number of the ticket with the longest conversation.</summary>
    public required long Longest { get; init; }

    /// <summary>Who has most tickets, on either side.</summary>
    public required Person Agent { get; init; }

    /// <inheritdoc cref="Agent"/>
    public required Person Customer { get; init; }

    /// <summary>What filling the database took; zero when it was kept from the last time.</summary>
    public required double Seconds { get; init; }

    public static async Task<SeededDesk> Set(int tickets, string server, string? keep = null)
    {
        var set = await Stage.Set(keep is null ? null : Path.Combine(keep, $"{tickets}"));
        var made = await IsFilled(set.Database) ? null : await Seed.Fill(set.Database, tickets, Math.Max(20_000, tickets * MessagesPerTicket));
        var (url, pid) = await set.Serve(server);
        var people = new People(set.Database, set.Key, url);
        await using var data = NpgsqlDataSource.Create(set.Database);
        return new SeededDesk(set)
        {
            Pid = pid,
            People = people,
            Asker = new Asker(url),
            Longest = await Read<long>(data, "select number from tickets order by public_seq desc limit 1"),
            Agent = people.Known(await Busiest(data, "assignee_id")),
            Customer = people.Known(await Busiest(data, "customer_id")),
            Seconds = made?.Seconds ?? 0,
        };
    }

    private static async Task<bool> IsFilled(string database)
    {
        await using var data = NpgsqlDataSource.Create(database);
        return await Read<bool>(data, "select to_regclass('tickets') is not null");
    }

    private static Task<Guid> Busiest(NpgsqlDataSource data, string column) => Read<Guid>(data, $"select {column} from tickets where {column} is not null group by 1 order by count(*) desc limit 1");

    private static async Task<T> Read<T>(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Asker.Dispose();
        await stage.DisposeAsync();
    }
}
