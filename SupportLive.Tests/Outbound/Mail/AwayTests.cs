using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Core.Outbound.Mail;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>Messages reach who is not looking, and only them.</summary>
[Trait("Category", "Nodes")]
public sealed class AwayTests(World world) : IAsyncLifetime
{
    private readonly MailDesk desk = new(world); // each with a clock of its own: what is driven does not come back

    private static readonly TimeSpan Away = TimeSpan.FromMinutes(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    [Fact]
    public async Task A_burst_is_one_mail_with_all_that_was_written()
    {
        var (customer, ticket) = await Conversation("Burst");
        foreach (var line in (string[])["First", "Second <b>", "Third"]) (await desk.Node.Say(desk.People.Agent, ticket, line)).Must(HttpStatusCode.Created);
        await desk.Settle();
        Assert.DoesNotContain(desk.Of(customer), IsReply);

        desk.Clock.Advance(Away);

        var mail = await desk.Mail(customer, "wrote: Burst");
        foreach (var line in (string[])["First", "Second <b>", "Third"]) Assert.Contains(line, mail.Text, StringComparison.Ordinal);
        Assert.Contains("Second &lt;b&gt;", mail.Html, StringComparison.Ordinal);

        (await desk.Node.Say(await People.LogIn(desk.Node, "agent@demo.test"), ticket, "Fourth")).Must(HttpStatusCode.Created);
        await desk.Settle();
        desk.Clock.Advance(Away);
        var next = await Eventually.Get(() => Task.FromResult(desk.Of(customer).Where(IsReply).ToArray()), m => m.Length == 2, "the next burst is the next mail");
        Assert.Contains("Fourth", next[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Third", next[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_been_read_in_time_is_not_mailed()
    {
        var (customer, ticket) = await Conversation("Read");
        (await desk.Node.Say(desk.People.Agent, ticket, "Hello")).Must(HttpStatusCode.Created);
        await desk.Settle();
        (await desk.Node.As(customer).Post($"/api/chats/{ticket}/read", new { seq = 3 })).Must(HttpStatusCode.NoContent);

        desk.Clock.Advance(Away);
        await Unwaiting(ticket);

        Assert.DoesNotContain(desk.Of(customer), IsReply);
    }

    [Fact]
    public async Task Nobody_is_mailed_who_has_a_page_open_and_who_leaves_unread_is()
    {
        var (customer, ticket) = await Conversation("Open page");
        await desk.Settle();
        await using (await desk.Node.Connect(await Fresh(customer)))
        {
            await desk.Node.The<LastSeen>().Store(Ct);
            await Seen(customer, desk.Clock.GetUtcNow());
            (await desk.Node.Say(await People.LogIn(desk.Node, "agent@demo.test"), ticket, "Are you there?")).Must(HttpStatusCode.Created);
            await desk.Settle();
            await Due(ticket);
            await Eventually.True(async () => (await Next(ticket)) > desk.Clock.GetUtcNow().AddSeconds(10), "the mail waits for the person who is here");
            Assert.DoesNotContain(desk.Of(customer), IsReply);
        }

        desk.Clock.Advance(Away);
        await desk.Mail(customer, "wrote: Open page");
    }

    [Fact]
    public async Task The_agent_is_mailed_what_the_customer_wrote()
    {
        var (customer, agent) = (await People.NewCustomer(desk.Node, "Cleo Customer"), await People.New(desk.Node, Roles.Agent, "Ada Agent"));
        var ticket = await desk.Node.OpenTicket(customer, "To the agent");
        (await desk.Node.Move(agent, ticket, "accept")).Must();
        (await desk.Node.Say(customer, ticket, "It still burns")).Must(HttpStatusCode.Created);
        await desk.Settle();
        desk.Clock.Advance(Away);

        var mail = await desk.Mail(agent, "Cleo Customer wrote: To the agent");
        Assert.Contains("https://desk.test/desk/", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.Of(customer), IsReply);
    }

    private async Task<(Person Customer, Guid Ticket)> Conversation(string subject)
    {
        var (customer, agent) = (await People.NewCustomer(desk.Node), await People.LogIn(desk.Node, "agent@demo.test"));
        var ticket = await desk.Node.OpenTicket(customer, subject);
        (await desk.Node.Move(agent, ticket, "accept")).Must();
        return (customer, ticket);
    }

    private async Task<Person> Fresh(Person person) => person with { Token = (await People.LogIn(desk.Node, person.Email)).Token };

    private static bool IsReply(ReceivedMail mail) => mail.Subject.Contains(" wrote: ", StringComparison.Ordinal);

    private Task Unwaiting(Guid ticket) => Eventually.True(async () => await Ask($"select count(*) from outbox where ticket_id = '{ticket}' and kind = 'reply'") is 0L, "the row is gone");

    // The clock of the database cannot be driven, so what it said is moved to where the driven one is.
    private Task Seen(Person person, DateTimeOffset at) => Ask($"update accounts set last_seen_at = '{at:O}' where id = '{person.Id}'");

    // The sender's next look waits for the driven clock, so it is called.
    private async Task Due(Guid ticket)
    {
        await Ask($"update outbox set next_at = '{desk.Clock.GetUtcNow().AddSeconds(-1):O}' where ticket_id = '{ticket}' and kind = 'reply' and status = 'waiting'");
        desk.Node.The<MailCall>().Wake();
    }

    private async Task<DateTimeOffset> Next(Guid ticket) => await Ask($"select next_at from outbox where ticket_id = '{ticket}' and kind = 'reply' and status = 'waiting'") is DateTime at ? at : default;

    private async Task<object?> Ask(string sql)
    {
        await using var command = desk.Node.The<Npgsql.NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();
}
