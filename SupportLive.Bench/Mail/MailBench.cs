using System.Globalization;
using Npgsql;
using SupportLive.Bench.Load;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Mail;

/// <summary>How many mails a second go to a server on the same machine, and how long after the commit one is accepted there.</summary>
internal static class MailBench
{
    private const string Figures =
        """
        select count(*), count(*) / nullif(extract(epoch from max(sent_at) - min(sent_at)), 0),
          percentile_cont(0.5) within group (order by sent_at - created_at), percentile_cont(0.95) within group (order by sent_at - created_at)
        from outbox where kind = 'received' and status = 'sent' and created_at > $1
        """;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (storm, quiet) = (options.Number("tickets", 2_000), options.Number("quiet", 50));
        using var sink = new MailSink();
        await using var stage = await Stage.Set();
        var (url, _) = await stage.Serve(options.Server,
            ("Mail__Host", "127.0.0.1"), ("Mail__Port", sink.Port.ToString(CultureInfo.InvariantCulture)), ("Mail__Tls", "none"), ("Mail__PublicBaseUrl", "http://desk.test"),
            ("Mail__PerMinute", "1000000"), ("Mail__PerRecipientPerHour", "1000000"), ("Mail__Parallel", options.Text("parallel") ?? "4"));
        var people = new People(stage.Database, stage.Key, url);
        var customers = await people.Make("customer", 16);
        await using var data = NpgsqlDataSource.Create(stage.Database);
        Console.WriteLine("| tickets | mails | mails per second | commit to accepted p50 / p95 |\n|---|---|---|---|");
        await Round("warming up", 200, TimeSpan.Zero);
        await Round("one after the other", quiet, TimeSpan.FromMilliseconds(400));
        await Round("at once", storm, TimeSpan.Zero);
        return 0;

        async Task Round(string name, int tickets, TimeSpan pause)
        {
            var since = await Since();
            var left = tickets;
            await Task.WhenAll(customers.Take(pause > TimeSpan.Zero ? 1 : customers.Length).Select(async customer =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    await people.Open(customer);
                    await Task.Delay(pause);
                }
            }));
            while (await Sent(since) < tickets) await Task.Delay(200);
            await using var ask = data.CreateCommand(Figures);
            ask.Parameters.Add(new() { Value = since });
            await using var row = await ask.ExecuteReaderAsync();
            await row.ReadAsync();
            Console.WriteLine($"| {name} | {row.GetInt64(0)} | {row.GetDecimal(1):F0} | {row.GetTimeSpan(2).TotalMilliseconds:F0} / {row.GetTimeSpan(3).TotalMilliseconds:F0} ms |");
        }

        async Task<DateTime> Since()
        {
            await using var now = data.CreateCommand("select clock_timestamp()");
            return (DateTime)(await now.ExecuteScalarAsync())!;
        }

        async Task<long> Sent(DateTime since)
        {
            await using var count = data.CreateCommand("select count(*) from outbox where kind = 'received' and status = 'sent' and created_at > $1");
            count.Parameters.Add(new() { Value = since });
            return (long)(await count.ExecuteScalarAsync())!;
        }
    }
}
