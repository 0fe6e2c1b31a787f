using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>One customer and one agent who talk for the whole run, each at a hub and by REST, on different nodes.</summary>
internal sealed class Room(string name, Client customer, Client agent, Cast cast)
{
    public Client Customer => customer;

    public Client Agent => agent;

    public Guid Ticket { get; private set; }

    public IReadOnlyList<Sender> Senders { get; private set; } = [];

    public async Task Furnish(Random random)
    {
        var opened = await cast.Moves.Open($"{name}-customer", customer.Person, name, random.Next(2), random);
        Ticket = opened.Ticket;
        customer.Reader.Owns(Ticket);
        var accepted = await cast.Moves.Accept($"{name}-agent", agent.Person, Ticket, random.Next(2), random);
        if (!opened.IsOk || !accepted.IsOk) throw new InvalidOperationException($"A room could not be opened: {opened} {accepted}");
        await Task.WhenAll(customer.Watch(Ticket), agent.Watch(Ticket));
        var home = random.Next(2);
        Senders =
        [
            cast.Sender($"{name}-customer-hub", customer.Person, Ticket, customer, home),
            cast.Sender($"{name}-customer-rest", customer.Person, Ticket, null, home + 1),
            cast.Sender($"{name}-agent-hub", agent.Person, Ticket, agent, home),
            cast.Sender($"{name}-agent-rest", agent.Person, Ticket, null, home + 1),
        ];
    }

    public Task Talk(TimeSpan pause, CancellationToken stop) => Task.WhenAll(Senders.Select((s, i) => s.Talk(notes: i == 3 ? 0.25 : 0, pause, stop)));
}
