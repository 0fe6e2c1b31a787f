using System.Globalization;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>All who take part: rooms, races, spies, staff who look on, accounts that will lose their rights, and a probe.</summary>
internal sealed class Everyone
{
    private const int Doors = 6;

    private readonly List<RaceDesk> races = [];
    private readonly List<Spy> spies = [];
    private readonly List<Client> onlookers = [];
    private readonly Queue<Client> doomed = new();
    private readonly Cast cast;
    private readonly Random random;

    private Everyone(Cast cast) => (this.cast, random) = (cast, cast.Dice());

    public List<Room> Rooms { get; } = [];

    public Room Probe { get; private set; } = null!;

    /// <summary>A room for the client that will stop reading.</summary>
    public Room Hose { get; private set; } = null!;

    public Person Admin { get; private set; } = null!;

    public IReadOnlyList<Client> Clients => cast.Clients;

    public IEnumerable<Sender> Senders => Rooms.SelectMany(r => r.Senders);

    public int Accounts => Clients.Select(c => c.Person.Id).Distinct().Count();

    public static async Task<Everyone> Gather(Site site, Cast cast, Door door, Ledger ledger, int senders, CancellationToken hub)
    {
        var everyone = new Everyone(cast);
        var people = new Load.People(site.Database.Address(site.Database.Port), site.Key, site.Nodes[0].Url);
        var (rooms, desks) = (Math.Max(1, senders / 4), Math.Max(2, senders / 25));
        var customers = new Queue<Person>(await people.Make("customer", rooms + desks + 4));
        var agents = new Queue<Person>(await people.Make("agent", rooms + (desks * 5) + 2 + Doors));
        var managers = new Queue<Person>(await people.Make("manager", 3));
        everyone.Admin = (await people.Make("admin", 1))[0];

        Room Room(string name) => new(name, cast.Client($"{name} customer", customers.Dequeue(), staff: false, everyone.random.Next(2)), cast.Client($"{name} agent", agents.Dequeue(), staff: true, everyone.random.Next(2)), cast);
        for (var i = 0; i < rooms; i++) everyone.Rooms.Add(Room(Name("room", i)));
        (everyone.Probe, everyone.Hose) = (Room("probe"), Room("hose"));
        for (var i = 0; i < desks; i++)
        {
            var (customer, watcher) = (cast.Client(Name("race", i) + " customer", customers.Dequeue(), false, i), cast.Client(Name("race", i) + " watcher", agents.Dequeue(), true, i + 1));
            everyone.races.Add(new RaceDesk(Name("race", i), customer, watcher, [.. Enumerable.Range(0, 4).Select(_ => agents.Dequeue())], cast, cast.Dice()));
        }

        for (var i = 0; i < 2; i++)
            everyone.spies.Add(new Spy(Name("spy", i), cast.Client(Name("spy", i), customers.Dequeue(), false, i), door, ledger, cast, everyone.AnyTicket, cast.Dice()));
        for (var i = 0; i < 3; i++) everyone.onlookers.Add(cast.Client(Name("onlooker", i), managers.Dequeue(), true, i));
        for (var i = 0; i < Doors; i++) everyone.doomed.Enqueue(cast.Client(Name("doomed", i), agents.Dequeue(), true, i));

        foreach (var client in everyone.Clients) _ = client.Run(hub);
        await everyone.Furnish();
        return everyone;
    }

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");

    private Guid AnyTicket() => Rooms[random.Next(Rooms.Count)].Ticket;

    private async Task Furnish()
    {
        foreach (var some in Rooms.Append(Probe).Append(Hose).Chunk(10)) await Task.WhenAll(some.Select(r => r.Furnish(cast.Dice())));
        foreach (var looker in onlookers.Concat(doomed))
            foreach (var room in Rooms.OrderBy(_ => random.Next()).Take(12)) await looker.Watch(room.Ticket);
    }

    /// <summary>Everybody writes until told to stop; ends when all that was begun is known.</summary>
    public Task Live(TimeSpan pause, CancellationToken stop) => Task.WhenAll(
        [.. Rooms.Select(r => r.Talk(pause, stop)), .. races.Select(r => r.Run(pause, stop)), .. spies.Select(s => s.Run(pause, stop))]);

    /// <summary>The next account to lose its rights; null when there is none left.</summary>
    public Client? Doom() => doomed.TryDequeue(out var next) ? next : null;
}
