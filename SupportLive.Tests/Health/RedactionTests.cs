using System.IO.Compression;
using System.Net;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Health;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Health;

/// <summary>Nothing secret, and nothing that people wrote, leaves with logs, errors or the bundle.</summary>
public sealed class RedactionTests(World world)
{
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

    [Theory]
    [InlineData("Login of anna.smith+desk@example.co.uk failed", "Login of … failed")]
    [InlineData("GET /hubs/support?id=7&access_token=" + Jwt + " ended", "GET /hubs/support?id=7&access_token=… ended")]
    [InlineData("Authorization: Bearer abcdef123456", "Authorization: Bearer …")]
    [InlineData("Host=db;Username=desk;Password=Sup3r Secret", "Host=db;Username=desk;Password=… Secret")]
    [InlineData("amqp://desk:hunter2@mail.test:25/x", "amqp://mail.test:25/x")]
    [InlineData("POST https://hooks.test/a/b?sig=12345 gave 500", "POST https://hooks.test/a/b?… gave 500")]
    [InlineData("Key 3f2a9c0d4e5b6a7988776655443322110f0e0d0c is too old", "Key … is too old")]
    [InlineData("Ticket 0198a1b2-1111-7222-8333-444455556666 moved", "Ticket 0198a1b2-1111-7222-8333-444455556666 moved")]
    [InlineData("two\nlines", "two lines")]
    public void Secrets_are_taken_out_of_a_sentence_and_the_rest_stays(string text, string kept) => Assert.Equal(kept, Redaction.Secrets(text));

    [Fact]
    public void What_stands_in_quotation_marks_is_taken_out_of_what_exceptions_say() =>
        Assert.Equal(
            "System.InvalidOperationException: Could not read '…' <- System.FormatException: \"…\" is no number",
            Redaction.Exception(new InvalidOperationException("Could not read 'my card 4111'", new FormatException("\"my card 4111\" is no number"))));

    [Fact]
    public async Task Errors_are_kept_with_count_and_without_what_people_wrote()
    {
        await using var node = await TestNode.Start(await world.NewDatabase(), LogBook.All);
        var log = node.The<ILoggerFactory>().CreateLogger("Planted");
        for (var n = 0; n < 3; n++) log.LogError(new InvalidOperationException("The text 'My dog ate it' is bad"), "{Count} of {Body} by {Who} with {Token}", 7, "My dog ate it", "anna@people.test", Jwt);
        log.LogInformation("All is well");

        var error = Assert.Single(node.The<LastErrors>().Read(), e => e.Category == "Planted");
        Assert.Equal(("error", 3, "7 of … by … with …"), (error.Level, error.Count, error.Message));
        Assert.DoesNotContain("dog", error.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bundle_has_what_helps_and_no_secret_and_no_message()
    {
        const string Planted = "PLANTED-the-customers-own-words";
        await using var node = await TestNode.Start(
            await world.NewDatabase(), [.. LogBook.All, "--Admin:Password=Sup3r-Secret-Admin", "--Mail:Password=mail-secret-1", "--OTEL_EXPORTER_OTLP_HEADERS=api-key=otlp-secret-1", "--Webhooks:Url=https://me:hook-secret-1@hooks.test/?sig=hook-secret-2"]);
        var people = await People.Of(node);
        var ticket = await node.AcceptedTicket(people.Customer, people.Agent);
        (await node.Say(people.Customer, ticket, Planted)).Must(HttpStatusCode.Created);
        node.The<ILoggerFactory>().CreateLogger("Planted").LogError(new InvalidOperationException($"Could not send \"{Planted}\" with Password={Jwt}"), "Sending {Body} to {Address} failed", Planted, people.Customer.Email);

        var files = Unpack((await node.The<SupportLive.Web.Health.SupportBundle>().Pack(await People.ActorOf(node, people.Admin), TestContext.Current.CancellationToken)).Must());

        Assert.Superset(new HashSet<string>(["system.json", "health.json", "errors.json", "versions.json", "migrations.json", "settings.json"], StringComparer.Ordinal), files.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.Contains("\"Planted\"", files["errors.json"], StringComparison.Ordinal); // the error is there, its words are not
        Assert.Contains("Limits:CallsPerMinute", files["settings.json"], StringComparison.Ordinal);
        Assert.Contains("Database=desk", files["settings.json"], StringComparison.Ordinal);
        var password = new Npgsql.NpgsqlConnectionStringBuilder(await world.NewDatabase()).Password!;
        foreach (var secret in (string[])[Planted, password, TestNode.SigningKey, "Sup3r-Secret-Admin", "mail-secret-1", "otlp-secret-1", "hook-secret", Jwt, people.Admin.Token, people.Customer.Email, "@demo.test"])
        {
            Assert.All(files, f => Assert.DoesNotContain(secret, f.Value, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static Dictionary<string, string> Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        }, StringComparer.Ordinal);
    }
}
