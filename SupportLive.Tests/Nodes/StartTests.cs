using System.Net;
using Npgsql;
using SupportLive.Core.Outcomes;
using SupportLive.Web;
using Xunit;

namespace SupportLive.Tests.Nodes;

public sealed class StartTests(World world)
{
    [Fact]
    [Trait("Category", "Nodes")]
    public async Task Three_nodes_may_start_at_once_on_an_empty_database()
    {
        var database = await world.NewDatabase();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => TestNode.Start(database))));

        var people = await People.Of(nodes[0]);
        var ticket = await nodes[0].AcceptedTicket(people.Customer, people.Agent);
        await using (var client = await nodes[2].Connect(people.Agent))
        {
            await client.Join(ticket);
            (await nodes[1].Say(people.Customer, ticket, "Three of you!")).Must(HttpStatusCode.Created);
            await client.HearMessage("Three of you!");
        }

        Assert.Equal(13, (await nodes[1].As(people.Manager).Get("/api/tickets?limit=100"))["items"]!.AsArray().Count);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task The_first_administrator_is_made_once()
    {
        var database = await world.NewDatabase();
        string[] admin = ["--Demo:Seed=false", "--Admin:Email=boss@people.test", "--Admin:Password=Boss-Passw0rd!"];
        await using (var first = await TestNode.Start(database, admin)) await People.LogIn(first, "boss@people.test", "Boss-Passw0rd!");

        await using var second = await TestNode.Start(database, [.. admin, "--Admin:Email=other@people.test"]);

        var boss = await People.LogIn(second, "boss@people.test", "Boss-Passw0rd!");
        Assert.Contains("admin", (await second.As(boss).Get("/api/me")).Text, StringComparison.Ordinal);
        (await second.Anonymous.Post("/api/auth/login", new { email = "other@people.test", password = "Boss-Passw0rd!" })).Refused(HttpStatusCode.Unauthorized, "login_failed");
        (await second.Anonymous.Post("/api/auth/login", new { email = "agent@demo.test", password = People.Password })).Refused(HttpStatusCode.Unauthorized, "login_failed");
    }

    [Theory]
    [InlineData("Auth__SigningKey", "--Auth:SigningKey=short")]
    [InlineData("Auth__SigningKey", "--Auth:SigningKey=")]
    [InlineData("Limits", "--Limits:AuthPerMinute=0")]
    [InlineData("ConnectionStrings__SupportLive", "--ConnectionStrings:SupportLive=Nonsense")]
    [InlineData("cannot be reached", "--ConnectionStrings:SupportLive=Host=/nowhere;Username=x;Database=x;Timeout=1")]
    public async Task What_makes_no_sense_is_refused_at_the_start_in_one_sentence(string about, string argument)
    {
        var database = await world.NewDatabase();

        var refusal = await Assert.ThrowsAsync<StartupRefusal>(() => Desk.Build(
            ["--environment=Production", "--contentRoot", Sources.Of("SupportLive.Web"), $"--ConnectionStrings:SupportLive={database}", $"--Auth:SigningKey={TestNode.SigningKey}", argument]));

        Assert.Contains(about, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_database_of_something_else_is_refused_in_a_sentence_and_left_alone()
    {
        var database = await world.NewDatabase();
        await using var source = NpgsqlDataSource.Create(database);
        await using (var foreign = source.CreateCommand("create table accounts (iban text)")) await foreign.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<StartupRefusal>(() => TestNode.Start(database));

        Assert.Contains("cannot be brought to this version", refusal.Message, StringComparison.Ordinal);
        await using var look = source.CreateCommand("select count(*) from information_schema.columns where table_name = 'accounts'");
        Assert.Equal(1L, await look.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_that_may_lose_what_it_acknowledged_is_refused_unless_that_is_allowed_aloud()
    {
        var database = await world.NewDatabase();
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var off = source.CreateCommand($"alter database {new NpgsqlConnectionStringBuilder(database).Database} set synchronous_commit = off"))
            await off.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        NpgsqlConnection.ClearAllPools();

        var refusal = await Assert.ThrowsAsync<StartupRefusal>(() => TestNode.Start(database));
        await using var allowed = await TestNode.Start(database, "--Database:AllowUnsafe=true");

        Assert.Contains("synchronous_commit=off", refusal.Message, StringComparison.Ordinal);
        (await allowed.Anonymous.Get("/health/ready")).Must();
    }

    [Fact]
    public async Task A_node_whose_clock_is_three_minutes_off_works_with_the_others()
    {
        var database = await world.NewDatabase();
        await using var right = await TestNode.Start(database);
        await using var ahead = await TestNode.Start(database, "--Clock:OffsetSeconds=180");
        Assert.InRange((ahead.The<TimeProvider>().GetUtcNow() - DateTimeOffset.UtcNow).TotalSeconds, 170, 190);
        var (here, there) = (await People.Of(right), await People.Of(ahead)); // tokens made by either
        var ticket = await right.AcceptedTicket(there.Customer, there.Agent);
        await using var customer = await right.Connect(there.Customer);
        await customer.Join(ticket);

        (await ahead.Say(here.Agent, ticket, "From the future")).Must(HttpStatusCode.Created);
        await customer.HearMessage("From the future");
        (await ahead.Move(here.Agent, ticket, "resolve")).Must();
        await customer.Hear("ticket_resolved", ticket);
        (await right.Move(here.Customer, ticket, "reopen")).Must();
    }

    [Fact]
    public async Task Both_health_checks_answer()
    {
        var node = await world.A;

        (await node.Anonymous.Get("/health/live")).Must();
        Assert.Contains("\"check\":\"database\"", (await node.Anonymous.Get("/health/ready")).Must().Text, StringComparison.Ordinal);
    }
}
