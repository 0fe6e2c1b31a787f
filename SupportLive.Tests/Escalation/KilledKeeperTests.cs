using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Escalation.RuleStories;

namespace SupportLive.Tests.Escalation;

/// <summary>Two nodes in processes of their own. The one that keeps the deadlines is killed, and cannot say good-bye.</summary>
[Trait("Category", "Nodes")]
public sealed class KilledKeeperTests(World world) : IAsyncLifetime
{
    private NpgsqlDataSource source = null!;
    private NodeProcess keeper = null!;
    private NodeProcess other = null!;
    private Person manager = null!;
    private Person customer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await world.NewDatabase();
        source = NpgsqlDataSource.Create(database);
        keeper = await NodeProcess.Start(database);
        await Eventually.True(async () => await Ask("select count(*) from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.granted and a.application_name = 'supportlive-deadlines' and a.datname = current_database()") is 1L, "the first node keeps the deadlines");
        other = await NodeProcess.Start(database);
        (manager, customer) = (await LogIn("manager@demo.test"), await LogIn("customer@demo.test"));
    }

    [Fact]
    public async Task Another_node_fires_what_the_killed_one_had_planned_in_time_and_once()
    {
        await AddRule(minutes: 0.1);
        var ticket = await Ask();
        await Eventually.True(async () => await Ask($"select count(*) from deadlines d join escalation_rules r on r.id = d.rule_id and r.name = 'No answer' where d.ticket_id = '{ticket}' and d.due_at is not null") is 1L, "it is planned");

        await keeper.Kill();
        Assert.DoesNotContain("ticket_escalated", (await History(ticket)).Kinds()); // six seconds are not over

        await Escalated(ticket);
        var fired = (await History(ticket)).Single(e => e["kind"]!.GetValue<string>() == "ticket_escalated");
        var opened = (await History(ticket))[0];
        Assert.InRange((At(fired) - At(opened)).TotalSeconds, 5.5, 6 + 15); // the entry is a moment younger than its ticket; within five seconds where the machine is not busy
        await NothingTwice(ticket);
    }

    [Fact]
    public async Task What_the_killed_node_was_in_the_middle_of_is_done_by_another_one_and_once()
    {
        await AddRule(minutes: 0.02);
        await using var connection = await source.OpenConnectionAsync(Ct);
        await using var tx = await connection.BeginTransactionAsync(Ct);
        var ticket = await Ask();
        await using (var hold = new NpgsqlCommand($"select 1 from tickets where id = '{ticket}' for no key update", connection, tx)) await hold.ExecuteScalarAsync(Ct);
        await Eventually.True(async () => await Ask("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") is > 0L, "the keeper fires, and waits for the ticket");

        await keeper.Kill();
        await tx.RollbackAsync(Ct);

        await Escalated(ticket);
        await NothingTwice(ticket);
    }

    private async Task<Person> LogIn(string email)
    {
        var tokens = (await other.As(null).Post("/api/auth/login", new { email, password = People.Password })).Must();
        return new Person(Guid.Empty, email, email, tokens["accessToken"]!.GetValue<string>());
    }

    private async Task AddRule(double minutes) =>
        (await other.As(manager).Post("/api/escalation-rules", Body("No answer", "first_response", minutes, "billing", new { action = "escalate" }, new { action = "tag", value = "late" }))).Must(HttpStatusCode.Created);

    private async Task<Guid> Ask() =>
        (await other.As(customer).Post("/api/tickets", new { subject = "The lift is stuck", description = "Again.", category = "billing", priority = "low" })).Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>();

    private async Task<object?> Ask(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    private async Task<IReadOnlyList<JsonNode>> History(Guid ticket) =>
        [.. (await other.As(manager).Get($"/api/tickets/{ticket}/history")).Must()["items"]!.AsArray().Select(e => e!)];

    private Task Escalated(Guid ticket) => Eventually.True(async () => (await History(ticket)).Kinds().Contains("ticket_escalated"), "the other node fires");

    // When a later one has fired, the first would have again.
    private async Task NothingTwice(Guid ticket)
    {
        await Escalated(await Ask());
        Assert.Equal(["ticket_created", "ticket_updated", "ticket_escalated"], (await History(ticket)).Kinds());
    }

    private static DateTimeOffset At(JsonNode entry) => entry["at"]!.GetValue<DateTimeOffset>();

    public async ValueTask DisposeAsync()
    {
        await keeper.DisposeAsync();
        await other.DisposeAsync();
        await source.DisposeAsync();
    }
}
