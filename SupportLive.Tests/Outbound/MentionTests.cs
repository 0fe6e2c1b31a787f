using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound;

/// <summary>Who is told that a note names them, and who is not.</summary>
[Trait("Category", "Nodes")]
public sealed class MentionTests(OneNode desk) : IClassFixture<OneNode>
{
    private readonly string tag = Guid.NewGuid().ToString("N")[..6];

    private TestNode Node => desk.Node;

    [Fact]
    public async Task Whoever_is_named_in_a_note_is_told_once_and_nobody_else_is()
    {
        var (customer, author, owner) = (await People.NewCustomer(Node, $"Cara {tag}"), await Agent("Ava"), await Agent("Otto"));
        var (ann, bea, other) = (await Agent("Ann"), await Agent("Bea"), await Agent("Carl"));
        var gone = await Agent("Dora");
        (await Node.As(desk.People.Admin).Post($"/api/users/{gone.Id}/disable")).Must(HttpStatusCode.NoContent);
        var ticket = await Node.AcceptedTicket(customer, owner);

        await Note(author, ticket, $"@{ann.Name}, @{bea.Name.ToUpperInvariant()}: see @{ann.Name}; also @{customer.Name}, @{gone.Name} and me, @{author.Name}.");

        var number = (await Node.Ticket(ann, ticket))["number"]!.GetValue<long>();
        foreach (var named in (Person[])[ann, bea])
        {
            var told = Assert.Single(await Mentions(named, ticket, atLeast: 1));
            Assert.Equal(($"{author.Name} mentioned you in #{number}", "The printer is on fire", 1), (told["title"]!.GetValue<string>(), told["text"]!.GetValue<string>(), told["note"]!.GetValue<int>()));
        }

        Assert.Contains(await Told(owner, ticket), n => Type(n) == "note"); // who is not named hears of a note on the own ticket as always
        foreach (var person in (Person[])[customer, author, owner, other]) Assert.Empty(await Mentions(person, ticket));
        (await Node.As(desk.People.Admin).Post($"/api/users/{gone.Id}/enable")).Must(HttpStatusCode.NoContent);
        Assert.Empty(await Mentions(await People.LogIn(Node, gone.Email), ticket));
    }

    [Fact]
    public async Task The_assignee_who_is_named_is_told_of_the_mention_and_not_of_the_note_too()
    {
        var (author, owner) = (await Agent("Ava"), await Agent("Otto"));
        var ticket = await Node.AcceptedTicket(desk.People.Customer, owner);
        (await Node.Say(desk.People.Customer, ticket, "Hello?")).Must(HttpStatusCode.Created);
        await Note(author, ticket, $"@{owner.Name} please call");
        await Note(author, ticket, "or write");

        var told = await Eventually.Get(() => Told(owner, ticket), all => all.Count(n => Type(n) is "note") == 1, "the second note is told");
        Assert.Single(told, n => Type(n) == "mention");
        Assert.Equal("or write", told.Single(n => Type(n) == "note")["text"]!.GetValue<string>());
        Assert.Single(told, n => Type(n) == "message");
    }

    [Fact]
    public async Task What_stands_before_or_behind_a_name_decides_and_the_longest_name_counts()
    {
        var (author, ann, anna, lee) = (await Agent("Ava"), await Agent("Ann"), await Named($"Ann {tag}a"), await Named($"Ann {tag} Lee"));
        var odd = await Named($"J. (Jo) O'Neil+ [{tag}] \\d$^|*?{{2}}-");
        var far = await Named($"Äva Öst {tag}");
        var ticket = await Node.OpenTicket(desk.People.Customer);

        await Note(author, ticket, $"mail@{ann.Name} x@{ann.Name} 1@{ann.Name} é@{ann.Name} {ann.Name} @ {ann.Name} @{ann.Name}é @{ann.Name}7 (@{anna.Name}) “@{lee.Name}”!");
        await Note(author, ticket, $"@{odd.Name}\n@{far.Name.ToUpperInvariant()}");

        foreach (var named in (Person[])[anna, lee, odd, far]) Assert.Single(await Mentions(named, ticket, atLeast: 1));
        Assert.Empty(await Mentions(ann, ticket));
        await Note(author, ticket, $"@{ann.Name} leeward");
        Assert.Single(await Mentions(ann, ticket, atLeast: 1));
        Assert.Single(await Mentions(lee, ticket));
    }

    [Fact]
    public async Task In_the_public_conversation_an_at_is_a_letter_like_others()
    {
        var (owner, ann) = (await Agent("Otto"), await Agent("Ann"));
        var ticket = await Node.AcceptedTicket(desk.People.Customer, owner);
        (await Node.Say(owner, ticket, $"@{ann.Name} will help you")).Must(HttpStatusCode.Created);
        (await Node.Say(desk.People.Customer, ticket, $"Thanks @{ann.Name} @{owner.Name}")).Must(HttpStatusCode.Created);
        await Note(owner, ticket, $"@{desk.People.Manager.Name}");

        Assert.Single(await Mentions(desk.People.Manager, ticket, atLeast: 1)); // what came before has been gone through
        foreach (var person in (Person[])[ann, owner, desk.People.Customer]) Assert.Empty(await Mentions(person, ticket));
    }

    [Fact]
    public async Task Only_who_may_read_the_note_is_told()
    {
        var role = $"half-{tag}";
        (await Node.As(desk.People.Admin).Put($"/api/roles/{role}", new { permissions = (string[])[Permissions.TicketsRead, Permissions.TicketsWork] })).Must();
        var (half, full) = (await People.New(Node, role, $"Hal {tag}"), await Agent("Full"));
        var (others, own) = (await Node.OpenTicket(desk.People.Customer), await Node.AcceptedTicket(desk.People.Customer, half));
        foreach (var ticket in (Guid[])[others, own]) await Note(desk.People.Agent, ticket, $"@{half.Name} and @{full.Name}");

        foreach (var ticket in (Guid[])[others, own]) Assert.Single(await Mentions(full, ticket, atLeast: 1));
        Assert.Empty(await Mentions(half, others));
        Assert.Single(await Mentions(half, own));
    }

    [Fact]
    public async Task Who_does_not_want_to_hear_of_mentions_is_told_of_notes_on_own_tickets_only()
    {
        var (author, quiet, ann) = (await Agent("Ava"), await Agent("Quentin"), await Agent("Ann"));
        (await Node.As(quiet).Put("/api/notifications/preferences/mention", new { channel = "none" })).Must(HttpStatusCode.NoContent);
        var (others, own) = (await Node.OpenTicket(desk.People.Customer), await Node.AcceptedTicket(desk.People.Customer, quiet));
        foreach (var ticket in (Guid[])[others, own]) await Note(author, ticket, $"@{quiet.Name} @{ann.Name}");

        foreach (var ticket in (Guid[])[others, own])
        {
            await Mentions(ann, ticket, atLeast: 1);
            Assert.Empty(await Mentions(quiet, ticket));
        }

        Assert.Single(await Told(quiet, own), n => Type(n) == "note");
        Assert.DoesNotContain(await Told(quiet, others), n => Type(n) == "note");
    }

    [Fact]
    public async Task Customers_are_neither_told_who_works_here_nor_offered_to_be_mentioned()
    {
        var accounts = Node.The<AccountQueries>();
        var (customer, agent) = (await People.ActorOf(Node, desk.People.Customer), await People.ActorOf(Node, desk.People.Agent));

        var colleagues = (await accounts.Colleagues(agent, TestContext.Current.CancellationToken)).Must();
        Assert.Contains(colleagues, c => c.Id == desk.People.Manager.Id && c.ReadsEveryChat);
        Assert.DoesNotContain(colleagues, c => c.Id == customer.Id);
        Assert.Equal("forbidden", (await accounts.Colleagues(customer, TestContext.Current.CancellationToken)).Refusal?.Code);
    }

    private Task<Person> Agent(string name) => Named($"{name} {tag}");

    private Task<Person> Named(string name) => People.New(Node, Roles.Agent, name);

    private async Task Note(Person author, Guid ticket, string body) => (await Node.Say(author, ticket, body, @internal: true)).Must(HttpStatusCode.Created);

    private async Task<IReadOnlyList<JsonNode>> Mentions(Person person, Guid ticket, int atLeast = 0) =>
        [.. (await Eventually.Get(() => Told(person, ticket), all => all.Count(n => Type(n) == "mention") >= atLeast, $"{person.Name} is told {atLeast} times")).Where(n => Type(n) == "mention")];

    private async Task<IReadOnlyList<JsonNode>> Told(Person person, Guid ticket) =>
        [.. (await Node.As(person).Get("/api/notifications")).Must()["items"]!.AsArray().Where(n => n!["ticketId"]!.GetValue<Guid>() == ticket).Select(n => n!)];

    private static string Type(JsonNode notification) => notification["type"]!.GetValue<string>();
}
