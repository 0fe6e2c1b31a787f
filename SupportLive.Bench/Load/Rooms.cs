using SupportLive.Bench.Machine;

namespace SupportLive.Bench.Load;

/// <summary>Rooms of one customer and one agent at SupportLive, both joined.</summary>
internal static class Rooms
{
    /// <param name="agentsAt">The node that the agents are connected to.</param>
    public static async Task<(Talker[] Customers, Talker[] Agents, Person[] People)> Open(People people, Uri customersAt, Uri agentsAt, int count, Figures seen)
    {
        var (customers, agents) = (await people.Make("customer", count), await people.Make("agent", count));
        var (left, right) = (new Talker[count], new Talker[count]);
        for (var i = 0; i < count; i++)
        {
            var ticket = await people.Room(customers[i], agents[i]);
            left[i] = new HubTalker(await HubSocket.Open(customersAt, customers[i].Token), ticket, $"c{i}", seen);
            right[i] = new HubTalker(await HubSocket.Open(agentsAt, agents[i].Token), ticket, $"a{i}", seen);
        }

        await Task.WhenAll(left.Concat(right).Select(t => t.Enter()));
        return (left, right, customers);
    }

    /// <summary>All of them, the two of a room beside each other.</summary>
    public static Talker[] All(this (Talker[] Customers, Talker[] Agents, Person[] People) rooms) => [.. rooms.Customers.Zip(rooms.Agents).SelectMany(r => new[] { r.First, r.Second })];
}
