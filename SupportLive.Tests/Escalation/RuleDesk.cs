using System.Text.Json;
using System.Text.Json.Nodes;
using SupportLive.Core.Escalation;
using SupportLive.Core.Live;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Escalation;

/// <summary>Two nodes on a database of their own, because rules concern every ticket there is.</summary>
public sealed class RuleDesk(World world) : IAsyncLifetime
{
    public TestNode A { get; private set; } = null!;

    public TestNode B { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public World World => world;

    public async ValueTask InitializeAsync()
    {
        var database = await world.NewDatabase();
        A = await TestNode.Start(database);
        B = await TestNode.Start(database);
        People = await People.Of(A);
    }

    public async ValueTask DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
    }
}

internal static class RuleStories
{
    public static object Body(string name, string waitingFor, double minutes, string category, params object[] then) =>
        new { name, enabled = true, when = new { status = (string[])[], priority = (string[])[], category = new[] { category }, waitingFor }, afterMinutes = minutes, hours = "always", then };

    public static async Task<JsonNode> AddRule(this TestNode node, Person manager, object body) =>
        (await node.As(manager).Post("/api/escalation-rules", body)).Must(System.Net.HttpStatusCode.Created).Body;

    public static async Task Drop(this TestNode node, Person manager, JsonNode rule) =>
        (await node.As(manager).Send(HttpMethod.Delete, $"/api/escalation-rules/{rule["id"]}", null)).Must(System.Net.HttpStatusCode.NoContent);

    public static Task<Answer> Put(this TestNode node, Person who, string path, object body) =>
        node.As(who).Send(HttpMethod.Put, path, new StringContent(JsonSerializer.Serialize(body, Wire.Json), System.Text.Encoding.UTF8, "application/json"));

    /// <summary>A rule concerns one category of these, so that tests do not meet.</summary>
    public static async Task<Guid> Ask(this TestNode node, Person customer, string category, string priority = "low") =>
        (await node.As(customer).Post("/api/tickets", new { subject = "The lift is stuck", description = "Again.", category, priority })).Must(System.Net.HttpStatusCode.Created)["id"]!.GetValue<Guid>();

    public static async Task<IReadOnlyList<JsonNode>> History(this TestNode node, Person reader, Guid ticket) =>
        [.. (await node.As(reader).Get($"/api/tickets/{ticket}/history")).Must()["items"]!.AsArray().Select(e => e!)];

    public static IEnumerable<string> Kinds(this IEnumerable<JsonNode> history) => history.Select(e => e["kind"]!.GetValue<string>());

    /// <summary>The rule as the keeper watches it.</summary>
    public static Watch Watch(this JsonNode rule)
    {
        var view = rule.Deserialize<RuleView>(Wire.Json)!;
        return new Watch(view.Id, "", new Rule { Id = view.Id, Name = view.Name, Enabled = true, When = view.When, AfterMinutes = view.AfterMinutes, Hours = view.Hours, Then = [.. view.Then], Version = view.Version },
            TimeSpan.FromMinutes(view.AfterMinutes), null);
    }
}
