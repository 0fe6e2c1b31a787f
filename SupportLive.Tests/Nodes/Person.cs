using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Web.Accounts;

namespace SupportLive.Tests.Nodes;

/// <summary>Somebody with an account, and an access token in the pocket.</summary>
public sealed record Person(Guid Id, string Name, string Email, string Token);

/// <summary>The people of the demo, logged in, and as many new ones as a test needs.</summary>
public sealed class People
{
    public const string Password = DemoSeed.Password;

    public required Person Customer { get; init; }
    public required Person OtherCustomer { get; init; }
    public required Person Agent { get; init; }
    public required Person OtherAgent { get; init; }
    public required Person Manager { get; init; }
    public required Person Admin { get; init; }

    public static async Task<People> Of(TestNode node) => new()
    {
        Customer = await LogIn(node, "customer@demo.test"),
        OtherCustomer = await LogIn(node, "customer2@demo.test"),
        Agent = await LogIn(node, "agent@demo.test"),
        OtherAgent = await LogIn(node, "agent2@demo.test"),
        Manager = await LogIn(node, "manager@demo.test"),
        Admin = await LogIn(node, "admin@demo.test"),
    };

    public static async Task<Person> LogIn(TestNode node, string email, string password = Password)
    {
        var tokens = (await Patiently(() => node.Anonymous.Post("/api/auth/login", new { email, password }))).Must();
        var token = tokens["accessToken"]!.GetValue<string>();
        var me = (await Patiently(() => node.As(new Person(Guid.Empty, "", email, token)).Get("/api/me"))).Must();
        return new Person(me["id"]!.GetValue<Guid>(), me["displayName"]!.GetValue<string>(), email, token);
    }

    // On a full machine a node is busy now and then. Who only gets a test ready tries again, as every client does.
    private static Task<Answer> Patiently(Func<Task<Answer>> ask) => Eventually.Get(ask, answer => answer.Status != HttpStatusCode.ServiceUnavailable, "the node is not busy");

    /// <summary>A customer whom nobody else knows.</summary>
    public static async Task<Person> NewCustomer(TestNode node, string name = "Nora New")
    {
        var email = $"{Guid.NewGuid():N}@people.test";
        (await Patiently(() => node.Anonymous.Post("/api/auth/register", new { email, password = Password, displayName = name }))).Must(HttpStatusCode.Created);
        return await Pass(node, email, name);
    }

    /// <summary>Staff of one's own: what happens to them disturbs nobody.</summary>
    public static async Task<Person> New(TestNode node, string role, string name = "Sam Staff")
    {
        var person = await NewCustomer(node, name);
        (await node.The<AccountActions>().SetRoles(await ActorOf(node, "admin@demo.test"), person.Id, [role], CancellationToken.None)).Must();
        return await Pass(node, person.Email, name);
    }

    public static async Task<Actor> ActorOf(TestNode node, string email) =>
        (await node.The<AccountActions>().LogIn(email, Password, CancellationToken.None)).Must().Actor;

    public static async Task<Actor> ActorOf(TestNode node, Person person) => (await node.The<Actors>().Find(person.Id))!.Actor;

    private static async Task<Person> Pass(TestNode node, string email, string name)
    {
        var access = (await node.The<AccountActions>().LogIn(email, Password, CancellationToken.None)).Must();
        return new Person(access.Actor.Id, name, email, node.The<AccessTokens>().Create(access, Guid.NewGuid()));
    }
}
