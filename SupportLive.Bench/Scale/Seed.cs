using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SupportLive.Bench.Machine;
using SupportLive.Core;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Search;
using SupportLive.Core.Tickets;

namespace SupportLive.Bench.Scale;

/// <summary>
/// Fills a database with two believable years of a help desk. Always the same content for the same numbers. No node should run on the
/// database meanwhile: it would publish all of it.
/// </summary>
internal static class Seed
{
    /// <summary>Messages of the one ticket that never ends; it is the first of the seeded ones.</summary>
    private const int LongConversation = 5_000;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var (tickets, messages) = (options.Number("tickets", 100_000), options.Number("messages", 1_000_000));
        var connection = options.Text("connection") ?? Environment.GetEnvironmentVariable("ConnectionStrings__SupportLive");
        await using var cluster = connection is { Length: > 0 } ? null : await PrivateCluster.Start(DataFolder.Resolve(options.Text("data") ?? Environment.GetEnvironmentVariable("SUPPORTLIVE_DATA")), NullLogger.Instance, CancellationToken.None);
        var made = await Fill(connection is { Length: > 0 } ? connection : cluster!.ConnectionString, tickets, messages);
        Console.WriteLine(JsonSerializer.Serialize(made));
        return 0;
    }

    public static async Task<Seeded> Fill(string database, int tickets, int messages)
    {
        var clock = Stopwatch.StartNew();
        await Migrate(database);
        var seeded = await Task.Run(() => Write(database, tickets, messages));
        await Index(database);
        await using var data = NpgsqlDataSource.Create(database);
        foreach (var statement in (string[])
        [
            "select setval(pg_get_serial_sequence('tickets', 'number'), (select max(number) from tickets))",
            "update follower_cursors set tx = (pg_current_xact_id()::text::numeric + 1)::text::xid8 where name <> 'search'", // the past tells nobody anything
            "vacuum analyze",
        ])
        {
            await using var command = data.CreateCommand(statement);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }

        return seeded with { Seconds = Math.Round(clock.Elapsed.TotalSeconds, 1) };
    }

    private static async Task Migrate(string database)
    {
        await using var services = new ServiceCollection().AddLogging().AddSupportLive(new DatabaseAddress(database), new AssignmentOptions()).BuildServiceProvider();
        await services.GetRequiredService<Migrator>().Run(_ => Task.CompletedTask, CancellationToken.None);
    }

    // What the follower would do in some minutes, at full speed.
    private static async Task Index(string database)
    {
        await using var session = new NpgsqlConnection(database);
        await session.OpenAsync();
        foreach (var statement in (string[])["delete from follower_cursors where name = 'search'", "set maintenance_work_mem = '512MB'", "drop index ix_search_entries_words"])
        {
            await using var command = new NpgsqlCommand(statement, session);
            await command.ExecuteNonQueryAsync();
        }

        var index = new SearchIndex(session);
        await index.Begin(CancellationToken.None);
        int rows;
        do rows = await index.Next(CancellationToken.None);
        while (rows == SearchIndex.PageSize);
        await using var create = new NpgsqlCommand("create index ix_search_entries_words on search_entries using gin (words) with (gin_pending_list_limit = 1024)", session) { CommandTimeout = 0 };
        await create.ExecuteNonQueryAsync();
    }

    private static Seeded Write(string database, int tickets, int messages)
    {
        using var first = new NpgsqlConnection(database);
        using var second = new NpgsqlConnection(database);
        first.Open();
        second.Open();
        var random = new Random(42);
        var words = new SeedWords(random);
        var now = DateTimeOffset.UtcNow;
        var since = now.AddYears(-2);
        var people = SeedPeople.Store(first, words, Math.Max(50, tickets / 8), Math.Clamp(tickets / 2500, 8, 400), since);
        using var command = new NpgsqlCommand("select coalesce(max(number), 1000) from tickets", first);
        var last = (long)command.ExecuteScalar()!;
        using var rows = new SeedRows(first, second);
        var (longest, left) = (last + 1, messages - LongConversation);
        for (var n = 0; n < tickets; n++)
        {
            var status = n == 0 ? TicketStatus.InProgress : Status(random, n, tickets);
            var talk = n == 0 ? LongConversation : (int)Math.Round((double)left / Math.Max(1, tickets - n - Open(tickets)) * 2 * random.NextDouble());
            if (status == TicketStatus.Open) talk = Math.Min(talk, 2);
            var ticket = new SeedTicket(random, words, people, ++last, since + ((now - since) * ((n + random.NextDouble()) / tickets)), status, Math.Max(talk, 0), now);
            rows.Write(ticket);
            if (n > 0) left -= ticket.Entries.Count(e => e.Body is not null);
        }

        rows.Complete();
        return new Seeded(tickets, rows.Messages, longest, 0);
    }

    private static int Open(int of) => Math.Max(70, of * 3 / 1000);

    // What is alive is at the end of the years: some hundred tickets of a hundred thousand, but always enough to fill a page.
    private static TicketStatus Status(Random random, int n, int of)
    {
        var (open, working, resolved) = (Open(of), Math.Max(70, of * 6 / 1000), Math.Max(70, of * 9 / 1000));
        var left = of - n;
        if (left <= open) return TicketStatus.Open;
        if (left <= open + working + resolved) return random.Next(working + resolved) < working ? TicketStatus.InProgress : TicketStatus.Resolved;
        return random.Next(100) < 3 ? TicketStatus.Rejected : TicketStatus.Closed;
    }
}

/// <param name="Longest">The number of the ticket with the longest conversation.</param>
internal sealed record Seeded(int Tickets, int Messages, long Longest, double Seconds);
