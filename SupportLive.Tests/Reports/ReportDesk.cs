using SupportLive.Core.Accounts;
using SupportLive.Core.Reports;
using SupportLive.Tests.Nodes;
using SupportLive.Tests.Outbound.Mail;
using Xunit;
using MovedClock = SupportLive.Tests.Outbound.Mail.DrivenClock;

namespace SupportLive.Tests.Reports;

/// <summary>Nodes on one database, without the demo's tickets, with one clock that stands on a Monday morning, and a mail server.</summary>
public sealed class ReportDesk(World world) : IAsyncLifetime
{
    private readonly List<TestNode> nodes = [];
    private string database = "";

    public MailServer Server { get; } = new();

    public MovedClock Clock { get; } = new();

    public TestNode Node => nodes[0];

    public Person Manager { get; private set; } = null!;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        var day = Now.Date.AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Monday) day = day.AddDays(1);
        GoTo(new DateTimeOffset(day.AddHours(10), TimeSpan.Zero));
        database = await world.NewDatabase();
        await Another();
        Manager = await Person(Roles.Manager);
    }

    public async Task<TestNode> Another()
    {
        nodes.Add(await TestNode.Start(database, Clock, [.. Server.Options, "--Demo:Seed=false"]));
        return nodes[^1];
    }

    /// <summary>All nodes go down.</summary>
    public async Task Stop()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        nodes.Clear();
    }

    public void GoTo(DateTimeOffset at) => Clock.Advance(at - Now);

    /// <summary>Half a minute after this hour of the next day, when every node has looked.</summary>
    public async Task Next(int hour)
    {
        GoTo(new DateTimeOffset(Now.Date.AddDays(1).AddHours(hour), TimeSpan.Zero).AddSeconds(30));
        await Look();
    }

    public Task Look() => Task.WhenAll(nodes.Select(n => n.The<ReportMails>().Look(TestContext.Current.CancellationToken)));

    public async Task<Person> Person(string role, string name = "Robin Reed")
    {
        var person = await People.NewCustomer(Node, name);
        if (role != Roles.Customer) (await Node.The<AccountActions>().SetRoles(Actor.SupportLive, person.Id, [role], CancellationToken.None)).Must();
        return person;
    }

    /// <summary>Somebody again, whose token has ended while the clock went on.</summary>
    public Task<Person> Again(Person person) => People.LogIn(Node, person.Email);

    public async Task<IReadOnlyList<ReportSchedule>> Put(params ReportSchedule[] schedules) =>
        (await Node.The<ReportScheduleActions>().Put(Actor.SupportLive, schedules, null, TestContext.Current.CancellationToken)).Must().Value.Items;

    public static ReportSchedule Daily(string address, int hour = 8, ReportFormat format = ReportFormat.Csv, string name = "What was") => new(null, name, ReportCadence.Daily, hour, "UTC", [address], format);

    public static string Address() => $"{Guid.NewGuid():N}@boss.test";

    public IReadOnlyList<ReceivedMail> Of(string address) => [.. Server.Mails.Where(m => m.To.Contains(address))];

    public async Task<ReceivedMail> Mail(string address, string subject = "") =>
        (await Eventually.Get(() => Task.FromResult(Of(address).FirstOrDefault(m => m.Subject.Contains(subject, StringComparison.Ordinal))), m => m is not null, $"{address} gets a mail “{subject}”"))!;

    /// <summary>Behind this everything that was put in before has been sent, or dropped.</summary>
    public Task Sent() => Eventually.True(async () => !(await Outbox()).Any(m => m.Status == "waiting"), "nothing waits any more");

    public async Task<IReadOnlyList<(string To, string Kind, string Status, string? Answer)>> Outbox() =>
        [.. (await Node.As(await Again(Manager)).Get("/api/outbox")).Must()["items"]!.AsArray().Select(m => (m!["to"]!.GetValue<string>(), m["kind"]!.GetValue<string>(), m["status"]!.GetValue<string>(), m["lastAnswer"]?.GetValue<string>()))];

    /// <summary>A report to this address stands so in the outbox, and this was answered.</summary>
    public Task Stands(string address, string status, string answer = "") =>
        Eventually.True(async () => (await Outbox()).Any(m => m.To == address && m.Kind == "report" && m.Status == status && m.Answer?.Contains(answer, StringComparison.Ordinal) == true), $"the report to {address} is {status} {answer}");

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Server.DisposeAsync();
    }
}
