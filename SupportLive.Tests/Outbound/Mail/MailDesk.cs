using System.Text.Json.Nodes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>A node with a database, a clock and a mail server of its own.</summary>
public sealed class MailDesk(World world) : IAsyncLifetime
{
    public const string Secret = "a-secret-for-inbound-mail";

    public MailServer Server { get; } = new();

    public DrivenClock Clock { get; } = new();

    public TestNode Node { get; private set; } = null!;

    public People People { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await TestNode.Start(await world.NewDatabase(), Clock, [.. Server.Options, "--Mail:ReplyTo=reply@in.support.test", $"--Mail:InboundSecret={Secret}"]);
        People = await People.Of(Node);
    }

    /// <summary>The mails that came for somebody, at least so many.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> For(Person person, int atLeast = 1) =>
        await Eventually.Get(() => Task.FromResult<IReadOnlyList<ReceivedMail>>(Of(person)), mails => mails.Count >= atLeast, $"{person.Name} gets {atLeast} mails");

    public IReadOnlyList<ReceivedMail> Of(Person person) => [.. Server.Mails.Where(m => m.To.Contains(person.Email))];

    /// <summary>A mail of somebody with this in its subject.</summary>
    public async Task<ReceivedMail> Mail(Person person, string subject) =>
        (await Eventually.Get(() => Task.FromResult(Of(person).FirstOrDefault(m => m.Subject.Contains(subject, StringComparison.Ordinal))), m => m is not null, $"{person.Name} gets a mail “{subject}”"))!;

    /// <summary>What happened before has been written down when a later event has: the follower goes in order.</summary>
    public async Task Settle()
    {
        var other = await People.NewCustomer(Node, "Zoe Last");
        await Node.OpenTicket(other, "The last one");
        await Mail(other, "The last one");
    }

    /// <summary>The rows of the outbox, newest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> Outbox(string status = "") =>
        [.. (await Node.As(await Manager()).Get($"/api/outbox?status={status}")).Must()["items"]!.AsArray().Select(m => m!)];

    /// <summary>As the clock has gone on, tokens have ended.</summary>
    public Task<Person> Manager() => People.LogIn(Node, "manager@demo.test");

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Server.DisposeAsync();
    }
}
