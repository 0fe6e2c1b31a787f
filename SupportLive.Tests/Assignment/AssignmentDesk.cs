using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Data;
using SupportLive.Core.Tickets;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Assignment;

/// <summary>Three nodes on a database of their own, where tickets find agents by themselves, and presence ends after two seconds.</summary>
public sealed class AssignmentDesk(World world) : IAsyncLifetime
{
    public const string PresenceSeconds = "2";

    private TestNode[] nodes = [];

    public People People { get; private set; } = null!;

    /// <summary>The database of these nodes.</summary>
    public string Database { get; private set; } = "";

    public Task<string> NewDatabase() => world.NewDatabase();

    public TestNode A => nodes[0];

    public TestNode B => nodes[1];

    public TestNode Any(int n) => nodes[n % nodes.Length];

    public static Task<TestNode> Node(string database) => TestNode.Start(database, $"--Assignment:PresenceSeconds={PresenceSeconds}");

    public async ValueTask InitializeAsync()
    {
        Database = await world.NewDatabase();
        nodes = [await Node(Database), await Node(Database), await Node(Database)];
        People = await People.Of(A);
        await Clear();
    }

    /// <summary>Switches the mode, past the doors: tests need offers that are over sooner than any manager may set.</summary>
    public async Task Mode(AssignmentMode mode, int offerSeconds = 60)
    {
        var settings = AssignmentSettings.Key.Default with { Mode = mode, OfferSeconds = offerSeconds };
        (await A.The<Settings>().Put(await People.ActorOf(A, People.Manager), AssignmentSettings.Key, settings, null, CancellationToken.None)).Must();
        await Eventually.True(async () =>
        {
            var seen = await Task.WhenAll(nodes.Select(n => n.The<Settings>().Get(AssignmentSettings.Key, CancellationToken.None).AsTask()));
            return seen.All(s => s.Value.Mode == mode && s.Value.OfferSeconds == offerSeconds);
        }, "every node knows the mode");
    }

    /// <summary>Nothing waits and nothing is in progress.</summary>
    public async Task Clear()
    {
        foreach (var status in (string[])["open", "in_progress"])
        {
            var rows = (await A.As(People.Manager).Get($"/api/tickets?status={status}&limit=100")).Must()["items"]!.AsArray();
            foreach (var row in rows) (await A.Move(People.Manager, row!["id"]!.GetValue<Guid>(), "close")).Must();
        }
    }

    /// <summary>A new agent who is connected and available.</summary>
    public async Task<AgentAtWork> Agent(string name, int capacity = 12, TestNode? node = null, params string[] categories)
    {
        var person = await People.New(node ?? A, Roles.Agent, name);
        (await A.As(People.Manager).Put($"/api/users/{person.Id}/agent", new { capacity, categories })).Must();
        var at = node ?? A;
        var hub = await at.Connect(person);
        await Eventually.True(async () => (await Agents()).Any(a => Id(a) == person.Id && a["presence"]!.GetValue<string>() == "available"), $"{name} is present");
        return new AgentAtWork(this, at, person, hub);
    }

    public async Task<IReadOnlyList<JsonNode>> Agents() => [.. (await A.As(People.Manager).Get("/api/agents")).Must().Body.AsArray().Select(a => a!)];

    public async Task<JsonNode> AgentLine(Person agent) => (await Agents()).Single(a => Id(a) == agent.Id);

    private static Guid Id(JsonNode agent) => agent["id"]!.GetValue<Guid>();

    public async Task<Guid> Ticket(string priority = "medium", string category = "technical", TestNode? node = null) =>
        (await (node ?? A).As(People.Customer).Post("/api/tickets", new { subject = "It does not work", description = "At all.", category, priority })).Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>();

    public async Task<JsonNode> See(Guid ticket) => (await A.As(People.Manager).Get($"/api/tickets/{ticket}")).Must().Body;

    public Task Offered(Guid ticket, AgentAtWork to) => Eventually.Get(() => See(ticket), t => t["offer"]?["agentId"]?.GetValue<Guid>() == to.Person.Id, $"offered to {to.Person.Name}");

    public Task Assigned(Guid ticket, AgentAtWork to) => Eventually.Get(() => See(ticket), t => t["assignee"]?["id"]?.GetValue<Guid>() == to.Person.Id, $"assigned to {to.Person.Name}");

    /// <summary>Everything in the log, staff feed included.</summary>
    public async Task<IReadOnlyList<JsonNode>> History(Guid ticket) =>
        [.. (await A.As(People.Manager).Get($"/api/tickets/{ticket}/history")).Must()["items"]!.AsArray().Select(e => e!)];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
    }
}

/// <summary>Goes away when the test is over.</summary>
public sealed record AgentAtWork(AssignmentDesk Desk, TestNode Node, Person Person, LiveClient Hub) : IAsyncDisposable
{
    public Task<Answer> Choose(string status) => Node.As(Person).Post("/api/agents/me/presence", new { status });

    public async ValueTask DisposeAsync()
    {
        await Choose("away");
        await Hub.DisposeAsync();
        await Desk.Clear();
    }
}
