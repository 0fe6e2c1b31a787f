using System.Globalization;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>Ticket after ticket: opened, raced for by agents on both nodes, talked about, and closed while everybody is still writing.</summary>
internal sealed class RaceDesk(string name, Client customer, Client watcher, Person[] agents, Cast cast, Random random)
{
    private int opened;

    public async Task Run(TimeSpan pause, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await One(pause, stop);
            await Task.Delay(pause * (1 + (4 * random.NextDouble())), CancellationToken.None);
        }
    }

    private async Task One(TimeSpan pause, CancellationToken stop)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{opened++}");
        var open = await cast.Moves.Open($"{name}-customer", customer.Person, id, random.Next(2), random);
        if (!open.IsOk) return;
        var ticket = open.Ticket;
        customer.Reader.Owns(ticket);
        await Task.WhenAll(customer.Watch(ticket), watcher.Watch(ticket));

        var seeds = agents.Select(_ => random.Next()).ToArray();
        var accepts = await Task.WhenAll(agents.Select((agent, i) => cast.Moves.Accept($"{name}-agent{i}", agent, ticket, i, new Random(seeds[i]))));
        var winner = Array.FindIndex(accepts, a => a.IsOk);
        if (winner < 0) return;

        Sender[] senders =
        [
            cast.Sender($"{id}-customer-hub", customer.Person, ticket, customer, 0),
            cast.Sender($"{id}-customer-rest", customer.Person, ticket, null, random.Next(2)),
            cast.Sender($"{id}-winner", agents[winner], ticket, null, random.Next(2)),
            cast.Sender($"{id}-winner-too", agents[winner], ticket, null, random.Next(2)),
        ];
        var talk = Task.WhenAll(senders.Select((s, i) => s.Talk(notes: i == 3 ? 1 : 0, pause / 4, stop)));
        await Task.Delay(pause * (1 + (2 * random.NextDouble())), CancellationToken.None);
        var (by, who) = random.Next(2) == 0 ? ($"{name}-customer", customer.Person) : ($"{name}-agent{winner}", agents[winner]);
        await cast.Moves.Close(by, who, ticket, random.Next(2), random);
        await talk; // ends with the refusal, or with the run
    }
}
