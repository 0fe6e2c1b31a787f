using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>How soon an offer is on the agent's socket: after a customer asked to open a ticket, and after an agent said "available".</summary>
internal static class AssignBench
{
    private static readonly byte[] Offered = "\"target\":\"ticket_offered\""u8.ToArray();
    private static readonly byte[] AgentId = "\"agentId\":\""u8.ToArray();
    private static readonly byte[] Ticket = "\"ticketId\":\""u8.ToArray();

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var count = options.Number("tickets", 300);
        await using var stage = await Stage.Set();
        var (url, _) = await stage.Serve(options.Server);
        var people = new People(stage.Database, stage.Key, url);
        var (customers, agents, manager) = (await people.Make("customer", 10), await people.Make("agent", 3), (await people.Make("manager", 1))[0]);
        (await people.Put(manager, "/api/settings/assignment", new { mode = "offer", offerSeconds = 60, defaultCapacity = 1000 })).Dispose();
        var heard = new ConcurrentDictionary<Guid, TaskCompletionSource<(Person Agent, long At)>>();
        foreach (var agent in agents)
        {
            var hub = await HubSocket.Open(url, agent.Token);
            hub.Heard = json => Hear(json, agent, heard);
            _ = hub.Listen();
        }

        var (created, available) = (new Figures(), new Figures());
        for (var n = 0; n < 30; n++) await Create(new Figures(), n); // warm
        for (var n = 0; n < count; n++) await Create(created, n);
        for (var n = 0; n < count / 3; n++) await Come(available, n);

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            tickets = created.Count,
            createdToOffer = new { p50 = created.Percentile(.5), p95 = created.Percentile(.95), p99 = created.Percentile(.99) },
            availableToOffer = new { p50 = available.Percentile(.5), p95 = available.Percentile(.95), p99 = available.Percentile(.99) },
        }));
        return 0;

        async Task Create(Figures figures, int n)
        {
            var from = Stopwatch.GetTimestamp();
            var id = await Open(n);
            var (agent, at) = await heard.GetOrAdd(id, _ => New()).Task.WaitAsync(TimeSpan.FromSeconds(30));
            figures.Add(Stopwatch.GetElapsedTime(from, at));
            await End(agent, id);
        }

        async Task Come(Figures figures, int n)
        {
            foreach (var agent in agents) (await people.Post(agent, "/api/agents/me/presence", new { status = "busy" })).Dispose();
            var id = await Open(n);
            var from = Stopwatch.GetTimestamp();
            (await people.Post(agents[n % 3], "/api/agents/me/presence", new { status = "available" })).Dispose();
            var (who, at) = await heard.GetOrAdd(id, _ => New()).Task.WaitAsync(TimeSpan.FromSeconds(30));
            figures.Add(Stopwatch.GetElapsedTime(from, at));
            await End(who, id);
        }

        async Task<Guid> Open(int n)
        {
            using var opened = await people.Post(customers[n % customers.Length], "/api/tickets", new { subject = "A ticket of the bench", description = "Nothing to solve.", category = "general", priority = "medium" });
            return (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        }

        async Task End(Person agent, Guid ticket)
        {
            foreach (var verb in (string[])["accept", "close"]) (await people.Post(agent, $"/api/tickets/{ticket}/{verb}", new { })).Dispose();
        }
    }

    private static TaskCompletionSource<(Person, long)> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // All three hear of the offer; it counts when it is on the screen of the one who got it.
    private static void Hear(ReadOnlySpan<byte> json, Person agent, ConcurrentDictionary<Guid, TaskCompletionSource<(Person, long)>> heard)
    {
        if (json.IndexOf(Offered) < 0 || Id(json, AgentId) != agent.Id || Id(json, Ticket) is not { } ticket) return;
        heard.GetOrAdd(ticket, _ => New()).TrySetResult((agent, Stopwatch.GetTimestamp()));
    }

    private static Guid? Id(ReadOnlySpan<byte> json, byte[] name) =>
        json.IndexOf(name) is >= 0 and var at && Utf8Parser.TryParse(json[(at + name.Length)..], out Guid id, out _) ? id : null;
}
