using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SupportLive.Core;
using SupportLive.Core.Accounts;
using SupportLive.Core.Assignment;
using SupportLive.Core.Chat;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Tests.Reports;

/// <summary>A desk whose months pass in seconds: real actions, a driven clock, no jobs of its own.</summary>
internal sealed class DrivenDesk : IAsyncDisposable
{
    private static readonly string[] Categories = ["general", "billing", "technical"];

    private readonly ServiceProvider services;
    private readonly DrivenClock clock;
    private readonly Random random;

    private DrivenDesk(ServiceProvider services, DrivenClock clock, Random random) => (this.services, this.clock, this.random) = (services, clock, random);

    public List<Past> Tickets { get; } = [];

    public List<Actor> Customers { get; } = [];

    public List<Actor> Staff { get; } = [];

    public DateTimeOffset Now => clock.Now;

    public T The<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<DrivenDesk> Open(string database, int seed, DateTimeOffset start)
    {
        var driven = new DrivenClock(start);
        var made = new ServiceCollection().AddLogging().AddSupportLive(new DatabaseAddress(database), new AssignmentOptions(), driven).BuildServiceProvider();
        await made.GetRequiredService<Migrator>().Run(_ => Task.CompletedTask, CancellationToken.None);
        await made.GetRequiredService<TicketOpening>().StartAsync(CancellationToken.None);
        await made.GetRequiredService<MessageWriter>().StartAsync(CancellationToken.None);
        var desk = new DrivenDesk(made, driven, new Random(seed));
        for (var n = 0; n < 3; n++) desk.Customers.Add(await desk.Person(Roles.Customer, n));
        for (var n = 0; n < 3; n++) desk.Staff.Add(await desk.Person(Roles.Agent, n));
        desk.Staff.Add(await desk.Person(Roles.Manager, 0));
        return desk;
    }

    private async Task<Actor> Person(string role, int n)
    {
        var person = (await The<AccountActions>().Register($"{role}{n}@past.test", "Some-Passw0rd!", $"{role} {n}", CancellationToken.None)).Must();
        if (role != Roles.Customer) (await The<AccountActions>().SetRoles(Actor.SupportLive, person.Id, [role], CancellationToken.None)).Must();
        return (await The<Actors>().Find(person.Id))!.Actor;
    }

    /// <summary>Something happens some time later; refused moves are part of life.</summary>
    public async Task Step()
    {
        clock.Now += TimeSpan.FromSeconds(1 + (int)(-Math.Log(1 - random.NextDouble()) * 8_000));
        if (Tickets.Count < 5 || random.Next(7) == 0) await OpenOne();
        else await Something(Tickets[^(1 + random.Next(Math.Min(Tickets.Count, 12)))]);
        await SetTheDatabasesClock();
    }

    private async Task OpenOne()
    {
        var (customer, category, priority) = (Pick(Customers), Pick(Categories), (TicketPriority)random.Next(4));
        var t = (await The<TicketActions>().Open(customer, new NewTicket("Something is wrong", "Really.", category, priority), CancellationToken.None)).Must();
        Tickets.Add(new Past { Id = t.Id, Number = t.Number, Customer = customer.Id, Category = category, Priority = priority, Opened = Now });
    }

    private async Task Something(Past past)
    {
        var (customer, agent, other) = (Customers.Single(c => c.Id == past.Customer), past.Assignee is { } a && random.Next(8) > 0 ? Staff.Single(s => s.Id == a) : Pick(Staff), Pick(Staff));
        var actions = The<TicketActions>();
        switch (random.Next(14))
        {
            case < 3: await Move(past, "accept", agent, () => actions.Accept(agent, past.Id, default), () => past.Assignee = agent.Id); break;
            case 3 when random.Next(3) == 0: await Move(past, "reject", agent, () => actions.Reject(agent, past.Id, "No", default), () => (past.Rejected, past.RejectedBy) = (Now, agent.Id)); break;
            case 4: await Move(past, "assign", other, () => actions.Assign(Staff[^1], past.Id, other.Id, true, default), () => past.Assignee = other.Id); break;
            case 5: await Move(past, "release", agent, () => actions.Release(agent, past.Id, default), () => past.Assignee = null); break;
            case 6: await Move(past, "escalate", agent, () => actions.Escalate(agent, past.Id, $"Look {Now}", default), () => { }); break;
            case 3 or 7 or 8: await Move(past, "resolve", agent, () => actions.Resolve(agent, past.Id, default), () => past.Resolved = Now); break;
            case 10 when random.Next(3) == 0: await Move(past, "close", agent, () => actions.Close(agent, past.Id, default), () => past.Closed = Now); break;
            case 9 or 10: await Move(past, "reopen", agent, () => actions.Reopen(agent, past.Id, default), () => past.Resolved = null); break;
            case 11: await Rate(past, customer); break;
            case 12: await Say(past, customer); break;
            default: await Say(past, agent); break;
        }
    }

    private async Task Move(Past past, string kind, Actor by, Func<Task<Outcome<TicketSnapshot>>> act, Action change)
    {
        var before = (await The<TicketQueries>().Find(Staff[^1], $"{past.Id}", default)).Must();
        var after = await act();
        if (!after.Ok || after.Value.Version == before.Version) return;
        change();
        past.Moves.Add((Now, kind, by.Id));
        if (kind is "accept" or "assign") past.Taken ??= Now;
        past.Status = after.Value.Status;
    }

    private async Task Rate(Past past, Actor customer)
    {
        var score = random.Next(1, 6);
        if ((await The<TicketActions>().Rate(customer, past.Id, score, null, default)).Ok) past.Rating = score;
    }

    private async Task Say(Past past, Actor who)
    {
        var wasResolved = past.Status == TicketStatus.Resolved;
        var said = await The<ChatActions>().Post(who, new NewMessage(past.Id, Guid.NewGuid().ToString(), "Hello", random.Next(5) == 0 && who.Id != past.Customer), default);
        if (!said.Ok) return;
        if (who.Id != past.Customer && said.Value.Feed == Core.Live.Feed.Public) past.Answered ??= Now;
        var t = (await The<TicketQueries>().Find(Staff[^1], $"{past.Id}", default)).Must();
        if (!wasResolved || t.Status == TicketStatus.Resolved) return;
        (past.Status, past.Resolved) = (t.Status, null); // "Not solved" by writing
        past.Moves.Add((Now, "reopen", who.Id));
    }

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    // The log and the times of messages are told by the database's clock, which nobody drives.
    private async Task SetTheDatabasesClock()
    {
        await using var command = The<NpgsqlDataSource>().CreateCommand(
            """
            with told as (update timeline set at = $1 where at > $2)
            update tickets set first_response_at = case when first_response_at > $2 then $1 else first_response_at end, last_message_at = case when last_message_at > $2 then $1 else last_message_at end,
              waiting_since = case when waiting_since > $2 then $1 else waiting_since end
            where first_response_at > $2 or last_message_at > $2 or waiting_since > $2
            """);
        command.Parameters.Add(new() { Value = Now });
        command.Parameters.Add(new() { Value = DateTimeOffset.UtcNow.AddDays(-1) });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await The<TicketOpening>().StopAsync(CancellationToken.None);
        await The<MessageWriter>().StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}
