using System.Text.Json;
using SupportLive.Bench.Chaos.Crowd;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>Reads everything by REST: every ticket of everybody who opened one, as staff; and each as its customer, for what a customer may not read.</summary>
internal sealed class ReadBack(Door door, int node, Person staff, Ledger ledger, CancellationToken ct)
{
    private const int Stretch = 200;

    public async Task<List<LogTicket>> All(IEnumerable<Person> customers)
    {
        var found = new List<LogTicket>();
        await Parallel.ForEachAsync(customers, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = ct }, async (customer, _) =>
        {
            for (var cursor = ""; cursor is not null;)
            {
                var page = await Get(customer, $"/api/tickets?limit=100{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
                foreach (var ticket in page.GetProperty("items").EnumerateArray())
                {
                    var whole = await One(ticket.GetProperty("id").GetGuid(), customer);
                    lock (found) found.Add(whole);
                }

                cursor = page.GetProperty("nextCursor").GetString();
            }
        });
        return [.. found.OrderBy(t => t.Id)];
    }

    private async Task<LogTicket> One(Guid id, Person customer)
    {
        var ticket = await Get(staff, $"/api/tickets/{id}");
        List<LogRow> rows = [.. await Feed(id, "public"), .. await Feed(id, "staff")];
        var history = await Get(customer, $"/api/tickets/{id}/history");
        if (history.GetProperty("items").EnumerateArray().Any(e => e.GetProperty("feed").GetString() == "staff")) ledger.LetIn($"A customer reads staff entries in the history of {id:N}");
        var assignee = ticket.GetProperty("assignee");
        return new LogTicket(id, ticket.GetProperty("subject").GetString()!, ticket.GetProperty("status").GetString()!,
            assignee.ValueKind == JsonValueKind.Object ? assignee.GetProperty("id").GetGuid() : null, ticket.GetProperty("publicSeq").GetInt32(), ticket.GetProperty("staffSeq").GetInt32(), rows);
    }

    private async Task<List<LogRow>> Feed(Guid id, string feed)
    {
        var rows = new List<LogRow>();
        while (true)
        {
            var page = (await Get(staff, $"/api/chats/{id}/messages?feed={feed}&limit={Stretch}&after={rows.LastOrDefault()?.Seq ?? 0}")).GetProperty("items");
            rows.AddRange(page.EnumerateArray().Select(Row));
            if (page.GetArrayLength() < Stretch) return rows;
        }
    }

    private static LogRow Row(JsonElement entry)
    {
        var author = entry.GetProperty("author");
        return new(entry.GetProperty("ticketId").GetGuid(), entry.GetProperty("feed").GetString() == "staff", entry.GetProperty("seq").GetInt32(), entry.GetProperty("id").GetGuid(),
            entry.GetProperty("kind").GetString()!, author.ValueKind == JsonValueKind.Object ? author.GetProperty("id").GetGuid() : null,
            entry.GetProperty("clientId").GetString(), entry.GetProperty("body").GetString(),
            entry.TryGetProperty("after", out var after) && after.ValueKind == JsonValueKind.Number ? after.GetInt32() : null);
    }

    private async Task<JsonElement> Get(Person who, string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await door.Get(node, who, path);
            if (answer.Ending == Ending.Ok) return answer.Value;
            if (answer.Ending == Ending.Fail || attempt == 20) throw new InvalidOperationException($"Reading back {path} failed: {answer.Code}");
            await Task.Delay(500, ct);
        }
    }
}
