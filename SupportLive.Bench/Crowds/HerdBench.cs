using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;
using SupportLive.Bench.Speed;

namespace SupportLive.Bench.Crowds;

/// <summary>Everybody's connection breaks, every conversation goes on meanwhile, and all come back at the same moment.</summary>
internal sealed class HerdBench(Stage stage, Uri url, int pid, People people)
{
    private readonly Figures whole = new();

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        await using var stage = await Stage.Set();
        var (url, pid) = await stage.Serve(options.Server);
        await new HerdBench(stage, url, pid, new People(stage.Database, stage.Key, url)).Measure(options.Number("clients", 5000));
        return 0;
    }

    private async Task Measure(int clients)
    {
        var customers = await people.Make("customer", clients / 2);
        var agents = await people.Make("agent", clients / 2);
        var rooms = new Guid[clients / 2];
        await Parallel.ForAsync(0, rooms.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => rooms[i] = await people.Room(customers[i], agents[i]));
        var members = customers.Zip(agents, rooms).SelectMany(r => new[] { new Member(url, r.First, r.Third), new Member(url, r.Second, r.Third) }).ToArray();
        foreach (var stretch in members.Chunk(100)) await Task.WhenAll(stretch.Select(m => m.Return()));

        foreach (var member in members) await member.Leave();
        await Parallel.ForAsync(0, rooms.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var said = await people.Post(customers[i], $"/api/chats/{rooms[i]}/messages", new { clientId = Member.Missed, body = "While you were away." });
        });
        await Task.Delay(2000);

        using var over = new CancellationTokenSource();
        var watching = Watch(over.Token);
        var (server, database, since) = (Cores.Time(pid), Cores.Family(stage.DatabasePid), Stopwatch.GetTimestamp());
        await Task.WhenAll(members.Select(async m =>
        {
            await m.Return();
            whole.Add(Stopwatch.GetElapsedTime(since));
        }));
        var (took, serverCpu, databaseCpu) = (Stopwatch.GetElapsedTime(since), Cores.Time(pid) - server, Cores.Family(stage.DatabasePid) - database);
        await over.CancelAsync();
        var (busy, most, probes) = await watching;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            clients,
            wholeAfterSeconds = new { p50 = Math.Round(whole.Percentile(.5) / 1000, 1), p99 = Math.Round(whole.Percentile(.99) / 1000, 1), last = Math.Round(took.TotalSeconds, 1) },
            missedSeen = members.Count(m => m.SawMissed),
            dials = members.Sum(m => m.Dials),
            serverCpuSeconds = Math.Round(serverCpu.TotalSeconds, 1),
            databaseCpuSeconds = Math.Round(databaseCpu.TotalSeconds, 1),
            databaseSessionsActive = new { average = Math.Round(busy, 1), most },
            aReadMeanwhileMs = probes,
        }, JsonSerializerOptions.Web));
        foreach (var member in members) await member.Leave();
    }

    // How many sessions work at a moment, and how long somebody else waits for one small read of the database.
    private async Task<(double Busy, int Most, Latency Probes)> Watch(CancellationToken over)
    {
        await using var data = NpgsqlDataSource.Create(stage.Database);
        await using var command = data.CreateCommand("select count(*)::int from pg_stat_activity where state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()");
        var (sum, most, count, probes) = (0, 0, 0, new Figures());
        while (!over.IsCancellationRequested)
        {
            var since = Stopwatch.GetTimestamp();
            var active = (int)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            probes.Add(Stopwatch.GetElapsedTime(since));
            (sum, most, count) = (sum + active, Math.Max(most, active), count + 1);
            await Task.Delay(100, CancellationToken.None);
        }

        return ((double)sum / Math.Max(1, count), most, Latency.Of(probes));
    }
}
