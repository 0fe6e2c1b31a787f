using Npgsql;
using SupportLive.Core.Accounts;
using SupportLive.Core.Escalation;
using SupportLive.Tests.Assignment;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Escalation.RuleStories;

namespace SupportLive.Tests.Escalation;

/// <summary>A rule that gives a ticket away, when something else happens at the same time.</summary>
[Trait("Category", "Nodes")]
public sealed class SuccessorTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private People People => desk.People;

    [Fact]
    public async Task Who_got_it_by_hand_while_the_rule_looked_for_somebody_keeps_it()
    {
        var chosen = await People.New(desk.A, Roles.Agent, "Chosen by Hand");
        await using var slow = await desk.Agent("Sid Slow");
        await using var best = await desk.Agent("Best of All");
        var ticket = await desk.Ticket(category: "billing");
        (await desk.A.Move(slow.Person, ticket, "accept")).Must();
        await using var source = NpgsqlDataSource.Create(desk.Database);
        await using var connection = await source.OpenConnectionAsync(Ct);
        await using var tx = await connection.BeginTransactionAsync(Ct);
        await Do($"select 1 from agents where account_id = '{best.Person.Id}' for no key update");

        var rule = await desk.A.AddRule(People.Manager, Body("No answer", "first_response", 0.001, "billing", new { action = "reassign" }, new { action = "escalate" }));
        await Eventually.True(async () => await Do("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") is > 0L, "the rule waits for the one it has chosen");
        (await desk.B.Move(People.Manager, ticket, "assign", new { agentId = chosen.Id })).Must();
        await tx.RollbackAsync(Ct);

        await Eventually.True(async () => (await desk.History(ticket)).Kinds().Contains("ticket_escalated"), "the rule does what else it says");
        Assert.Equal(["ticket_created", "ticket_accepted", "ticket_assigned", "ticket_escalated"], (await desk.History(ticket)).Kinds());
        Assert.Equal(chosen.Id, (await desk.See(ticket))["assignee"]!["id"]!.GetValue<Guid>());
        await desk.A.Drop(People.Manager, rule);

        async Task<object?> Do(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(Ct);
        }
    }

    [Theory]
    [InlineData("best")]
    [InlineData("manager")]
    public async Task A_rule_that_looks_for_somebody_needs_no_second_connection(string among)
    {
        await using var best = await desk.Agent("Best of All", node: desk.B);
        var rule = await desk.B.AddRule(People.Manager, Body("In an hour", "resolution", 60, "account", new { action = "reassign", value = among }));
        var ticket = await desk.Ticket(category: "account");
        var due = (await desk.See(ticket))["createdAt"]!.GetValue<DateTimeOffset>().AddMinutes(60);
        await using var all = await AllButOne(desk.Any(2).The<NpgsqlDataSource>());

        await Eventually.True(async () =>
        {
            await desk.Any(2).The<Firing>().Fire(rule.Watch(), ticket, due, Ct);
            return (await desk.History(ticket)).Kinds().Contains("ticket_assigned");
        }, "planned by the keeper, fired with the last connection of the pool");
        await desk.A.Drop(People.Manager, rule);
    }

    private static async Task<Held> AllButOne(NpgsqlDataSource pool)
    {
        var held = new Stack<NpgsqlConnection>();
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(TimeSpan.FromSeconds(1));
            try
            {
                held.Push(await pool.OpenConnectionAsync(patience.Token));
            }
            catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
            {
                await held.Pop().DisposeAsync();
                return new Held(held);
            }
        }
    }

    private sealed record Held(Stack<NpgsqlConnection> Connections) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var connection in Connections) await connection.DisposeAsync();
        }
    }
}
