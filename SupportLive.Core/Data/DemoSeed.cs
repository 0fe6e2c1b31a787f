using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Data;

/// <summary>Demo people and a morning's worth of tickets, once, so that the first page is alive.</summary>
public sealed class DemoSeed(AccountActions accounts, Actors actors, IServiceScopeFactory scopes, IDbContextFactory<SupportDb> dbs, Node node, TimeProvider time)
{
    public const string Password = "Demo-Passw0rd!";

    private static readonly (string Email, string Name, string Role)[] People =
    [
        ("customer@demo.test", "Clara Castillo", Roles.Customer),
        ("customer2@demo.test", "Tomás Nowak", Roles.Customer),
        ("agent@demo.test", "Ava Lindqvist", Roles.Agent),
        ("agent2@demo.test", "Ben Okafor", Roles.Agent),
        ("manager@demo.test", "Mira Tanaka", Roles.Manager),
        ("admin@demo.test", "Ada Admin", Roles.Admin),
    ];

    public async Task Run(CancellationToken ct)
    {
        var people = new Dictionary<string, Actor>(StringComparer.Ordinal);
        foreach (var (email, name, role) in People)
        {
            await EnsurePerson(email, name, role, ct);
            people[email[..email.IndexOf('@', StringComparison.Ordinal)]] = (await actors.Find(await IdOf(email), ct))!.Actor;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Tickets.AnyAsync(ct)) return;
        await using var tx = await db.Database.BeginTransactionAsync(ct);
        foreach (var story in DemoStories.All)
        {
            var ticket = Tell(story, people);
            db.Tickets.Add(ticket);
            await db.SaveChangesAsync(ct); // one by one: numbers follow the order of the stories
            db.Timeline.AddRange(ticket.Recorded);
            foreach (var reader in new[] { ticket.CustomerId, ticket.AssigneeId ?? Guid.Empty }.Where(r => r != Guid.Empty)) db.ReadMarks.Add(Mark(ticket, reader));
        }

        db.Rules.AddRange(DemoRules.Rules);
        db.Settings.Add(DemoRules.Targets(time.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        // What happened before the demo began tells nobody anything.
        await db.Database.ExecuteSqlAsync($"update follower_cursors set tx = (pg_current_xact_id()::text::numeric + 1)::text::xid8 where name <> 'search'", ct);
        await tx.CommitAsync(ct);
    }

    private async Task EnsurePerson(string email, string name, string role, CancellationToken ct)
    {
        var created = await accounts.Create(email, Password, name, role, ct);
        if (created.Refusal is { Fields: { } fields } && fields.ContainsKey("email")) return; // there since an earlier start
        created.Must();
    }

    private async Task<Guid> IdOf(string email)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByEmailAsync(email))!.Id;
    }

    private Ticket Tell(DemoStory story, IReadOnlyDictionary<string, Actor> people)
    {
        var at = time.GetUtcNow() - story.Ago;
        var customer = people[story.Customer];
        var ticket = Ticket.Open(customer, new NewTicket(story.Subject, story.Description, story.Category, story.Priority), customer.Id, node.Id, at);
        ticket.Recorded[0].At = at;
        var step = story.Ago / (story.Lines.Length + 2);
        foreach (var line in story.Lines)
        {
            at += step < TimeSpan.FromMinutes(7) ? step : TimeSpan.FromMinutes(7);
            Add(ticket, line, people, customer, at);
            foreach (var entry in ticket.Recorded.Where(e => e.At == default)) entry.At = at;
        }

        return ticket;
    }

    // Who has written has read what was before; what is over has been read.
    private static ReadMark Mark(Ticket ticket, Guid reader) => new()
    {
        TicketId = ticket.Id,
        AccountId = reader,
        Seq = ticket.Status == TicketStatus.InProgress ? ticket.Recorded.Where(e => e.AuthorId == reader && e.Feed == Feed.Public).Max(e => e.Seq) : ticket.PublicSeq,
        At = ticket.UpdatedAt,
    };

    // "ava: text" speaks, "ava note: text" notes, "ava accept" moves.
    private void Add(Ticket ticket, string line, IReadOnlyDictionary<string, Actor> people, Actor customer, DateTimeOffset at)
    {
        var (head, text) = line.Split(": ", 2) is [var h, var t] ? (h, t) : (line, "");
        var who = head.Split(' ')[0] is "customer" ? customer : people[head.Split(' ')[0]];
        var outcome = head.Split(' ', 2) is [_, var verb] ? verb switch
        {
            "note" => Say(note: true),
            "accept" => ticket.Accept(who, node.Id, at),
            "resolve" => ticket.Resolve(who, node.Id, at),
            "close" => ticket.Close(who, node.Id, at),
            "reject" => ticket.Reject(who, text, node.Id, at),
            "escalate" => ticket.Escalate(who, text, node.Id, at),
            "rate" => ticket.Rate(who, int.Parse(text, System.Globalization.CultureInfo.InvariantCulture), null, node.Id, at),
            _ => throw new InvalidOperationException($"Unknown line in the demo: {line}"),
        }
        : Say(note: false);
        outcome.Must();

        Outcome<Done> Say(bool note)
        {
            ticket.Said(who, text, note, node.Id, at);
            return new Done();
        }
    }
}
