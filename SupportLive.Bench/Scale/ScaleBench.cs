using Npgsql;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Scale;

/// <summary>The same questions to a small and to a large desk: what they cost must not grow with the table.</summary>
internal static class ScaleBench
{
    private const string DefaultServer = "SupportLive.Web/bin/Release/net10.0/SupportLive.Web.dll";
    private const int MessagesPerTicket = 10;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var server = options.Text("server") ?? DefaultServer;
        var (small, large, calls) = (options.Number("small", 1_000), options.Number("large", 100_000), options.Number("calls", 60));
        var few = await On(small, calls, server);
        var many = await On(large, calls, server);
        Console.WriteLine($"| | p50 / p95 at {small:N0} (ms) | p50 / p95 at {large:N0} (ms) | factor of p95 |\n|---|---|---|---|");
        foreach (var (question, there) in many.Answers)
        {
            if (few.Answers.FirstOrDefault(a => a.Question.Group == question.Group && a.Question.Name == question.Name).Figures is not { } here) continue;
            Console.WriteLine($"| {question.Group}: {question.Name} | {here.Percentile(.5)} / {here.Percentile(.95)} | {there.Percentile(.5)} / {there.Percentile(.95)} | {Math.Round(there.Percentile(.95) / here.Percentile(.95), 1)} |");
        }

        foreach (var group in many.Answers.GroupBy(a => a.Question.Group))
        {
            var worst = group.MaxBy(a => a.Figures.Percentile(.95));
            Console.WriteLine($"worst {group.Key}: {worst.Question.Name}, p95 {worst.Figures.Percentile(.95)} ms");
        }

        Console.WriteLine($"tickets opened per second: {few.PerSecond} and {many.PerSecond}; seeded in {few.Seeded.Seconds} and {many.Seeded.Seconds} s");
        return 0;
    }

    private static async Task<Round> On(int tickets, int calls, string server)
    {
        await using var stage = await Stage.Set();
        var seeded = await Seed.Fill(stage.Database, tickets, Math.Max(20_000, tickets * MessagesPerTicket));
        var (url, _) = await stage.Serve(server);
        var people = new People(stage.Database, stage.Key, url);
        var (agent, customer) = (people.Known(await Busiest(stage.Database, "assignee_id")), people.Known(await Busiest(stage.Database, "customer_id")));
        using var asker = new Asker(url);
        var deep = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var sort in (string[])["-created", "-updated", "waiting", "priority"])
            if (await asker.Deep(agent, sort, tickets * 9 / 1000) is { } cursor) deep[sort] = cursor;

        var questions = Questions.All(seeded.Longest, deep).ToArray();
        foreach (var question in questions) await asker.Ask(question.Customer ? customer : agent, question.Path, 15); // warm
        var answers = new List<(Question, Figures)>();
        foreach (var question in questions)
            if (await asker.Ask(question.Customer ? customer : agent, question.Path, calls) is { } figures) answers.Add((question, figures));

        var crowd = await people.Make("customer", 32);
        await asker.Open(crowd, TimeSpan.FromSeconds(5)); // warm
        return new Round(seeded, answers, await asker.Open(crowd, TimeSpan.FromSeconds(5)));
    }

    private static async Task<Guid> Busiest(string database, string column)
    {
        await using var data = NpgsqlDataSource.Create(database);
        await using var command = data.CreateCommand($"select {column} from tickets where {column} is not null group by 1 order by count(*) desc limit 1");
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Round(Seeded Seeded, IReadOnlyList<(Question Question, Figures Figures)> Answers, double PerSecond);
}
