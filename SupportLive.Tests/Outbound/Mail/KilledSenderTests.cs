using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Two nodes in processes of their own, and a server that lets them wait. The one that sends is killed.</summary>
[Trait("Category", "Nodes")]
public sealed class KilledSenderTests(World world)
{
    [Fact]
    public async Task Another_node_sends_what_the_killed_one_was_sending_and_once()
    {
        var database = await world.NewDatabase();
        await using var server = new MailServer();
        string[] options = [.. server.Options, "--Mail:TimeoutSeconds=14", "--Mail:LeaseSeconds=15"];
        await using var sender = await NodeProcess.Start(database, options);
        var (hang, hangs) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Before = mail =>
        {
            if (!IsIt(mail)) return Task.CompletedTask;
            hangs.TrySetResult();
            return hang.Task;
        };
        var customer = await Register(sender);
        (await sender.As(customer).Post("/api/tickets", new { subject = "Mid-send", description = "Hello", category = "general", priority = "low" })).Must(HttpStatusCode.Created);
        await hangs.Task.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);

        server.Before = _ => Task.CompletedTask; // the one that hangs goes on hanging
        await using var other = await NodeProcess.Start(database, options);
        Assert.DoesNotContain(server.Mails, IsIt); // the other one is there and leaves it alone, as long as the first may still be sending
        await sender.Kill();

        // The lease has to end first.
        await Eventually.True(() => Task.FromResult(server.Mails.Any(IsIt)), "the other node sends it", TimeSpan.FromSeconds(40));
        await Eventually.True(async () => (await Waiting(other)) == 0, "nothing waits any more");
        Assert.Single(server.Mails, IsIt);
    }

    private static bool IsIt(ReceivedMail mail) => mail.Subject.Contains("We have your request: Mid-send", StringComparison.Ordinal);

    private static async Task<Person> Register(NodeProcess node)
    {
        var email = $"{Guid.NewGuid():N}@people.test";
        (await node.As(null).Post("/api/auth/register", new { email, password = People.Password, displayName = "Kay" })).Must(HttpStatusCode.Created);
        return await LogIn(node, email);
    }

    private static async Task<Person> LogIn(NodeProcess node, string email) =>
        new(Guid.Empty, email, email, (await node.As(null).Post("/api/auth/login", new { email, password = People.Password })).Must()["accessToken"]!.GetValue<string>());

    private static async Task<int> Waiting(NodeProcess node) =>
        (await node.As(await LogIn(node, "manager@demo.test")).Get("/api/outbox?status=waiting")).Must()["items"]!.AsArray().Count;
}
