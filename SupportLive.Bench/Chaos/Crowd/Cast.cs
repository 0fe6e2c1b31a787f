using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>Makes clients and senders, each with its own dice out of the run's seed.</summary>
internal sealed class Cast(Ledger ledger, WebNode[] nodes, Door door, int seed, CancellationToken giveUp)
{
    private readonly Persistence persistence = new(ledger, giveUp);
    private readonly List<Client> clients = [];
    private int dice;

    public Moves Moves => field ??= new(door, ledger, persistence);

    public IReadOnlyList<Client> Clients
    {
        get
        {
            lock (clients) return [.. clients];
        }
    }

    public Random Dice() => new(unchecked((seed * 7919) + Interlocked.Increment(ref dice)));

    public Client Client(string name, Person person, bool staff, int home)
    {
        var client = new Client(person, ledger.Reader(name, person.Id, staff), ledger, nodes, home, Dice());
        lock (clients) clients.Add(client);
        return client;
    }

    public Sender Sender(string name, Person person, Guid ticket, Client? hub, int home) => new(name, person, ticket, hub, door, home, ledger, persistence, Dice());
}
