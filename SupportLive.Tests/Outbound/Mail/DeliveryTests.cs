using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Outbound.Mail;

/// <summary>What happens when the mail server does not do as it should. A desk for each: they disturb the server.</summary>
[Trait("Category", "Nodes")]
public sealed class DeliveryTests(World world) : IAsyncLifetime
{
    private readonly MailDesk desk = new(world);

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    [Fact]
    public async Task A_server_that_says_later_gets_it_later_and_once()
    {
        desk.Server.OnData = _ => "451 4.3.2 come back";
        var customer = await People.NewCustomer(desk.Node);
        await desk.Node.OpenTicket(customer, "Later");
        await Waiting("4.3.2 come back");
        desk.Server.OnData = _ => null;
        for (var n = 0; n < 3; n++) desk.Clock.Advance(TimeSpan.FromMinutes(3));

        await desk.Mail(customer, "We have your request: Later");
        await desk.Settle();
        Assert.Single(desk.Of(customer), m => m.Subject.Contains("Later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_server_is_away_for_half_an_hour_all_goes_on_and_the_outbox_says_so()
    {
        var (customer, agent) = (await People.NewCustomer(desk.Node), desk.People.Agent);
        var port = desk.Server.Port;
        await desk.Server.DisposeAsync();
        var ticket = await desk.Node.OpenTicket(customer, "Away");
        (await desk.Node.Move(agent, ticket, "accept")).Must();
        (await desk.Node.Say(agent, ticket, "Hello")).Must(HttpStatusCode.Created);
        await Waiting("refused");
        for (var n = 0; n < 6; n++)
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(5));
            var tried = n;
            await Eventually.True(async () => (await desk.Outbox("waiting")).Any(m => m["to"]!.GetValue<string>() == customer.Email && m["attempts"]!.GetValue<int>() > Math.Min(tried, 3)), "it is tried again");
            (await desk.Node.Say(await People.LogIn(desk.Node, "agent@demo.test"), ticket, $"Line {n}")).Must(HttpStatusCode.Created);
        }

        Assert.DoesNotContain(await desk.Outbox("failed"), m => m["to"]!.GetValue<string>() == customer.Email);
        await using var again = new MailServer(port);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        string[] told = ["We have your request: Away", "takes care of it: Away", "Hello\n", .. Enumerable.Range(0, 6).Select(n => $"Line {n}\n")];
        foreach (var one in told) await Eventually.True(() => Task.FromResult(Told(one) == 1), $"“{one}” is told once");

        int Told(string words)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(30)); // an attempt may have met the closed door a moment ago
            return again.Mails.Where(m => m.To.Contains(customer.Email)).Select(m => m.Subject + "\n" + m.Text.ReplaceLineEndings("\n")).Sum(t => t.Split(words).Length - 1);
        }
    }

    [Fact]
    public async Task What_is_written_while_a_mail_waits_to_be_taken_belongs_to_it()
    {
        desk.Server.OnData = mail => mail.Subject.Contains("wrote: Joined", StringComparison.Ordinal) ? "451 4.3.2 come back" : null;
        var customer = await People.NewCustomer(desk.Node);
        var ticket = await desk.Node.OpenTicket(customer, "Joined");
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        (await desk.Node.Say(desk.People.Agent, ticket, "The first")).Must(HttpStatusCode.Created);
        await desk.Settle();
        desk.Clock.Advance(TimeSpan.FromMinutes(3));
        await Waiting("come back");

        (await desk.Node.Say(await People.LogIn(desk.Node, "agent@demo.test"), ticket, "The second")).Must(HttpStatusCode.Created);
        await desk.Settle();
        desk.Server.OnData = _ => null;
        desk.Clock.Advance(TimeSpan.FromMinutes(30));

        var mail = await desk.Mail(customer, "wrote: Joined");
        Assert.Contains("The first", mail.Text, StringComparison.Ordinal);
        Assert.Contains("The second", mail.Text, StringComparison.Ordinal);
        await desk.Settle();
        Assert.Single(desk.Of(customer), m => m.Subject.Contains("wrote: Joined", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_day_it_has_failed_and_send_again_sends_it()
    {
        desk.Server.OnData = _ => "451 4.3.2 not today";
        var customer = await People.NewCustomer(desk.Node);
        await desk.Node.OpenTicket(customer, "A day");
        await Waiting("not today");
        desk.Clock.Advance(TimeSpan.FromHours(25));
        var failed = await Eventually.Get(async () => (await desk.Outbox("failed")).FirstOrDefault(m => m["to"]!.GetValue<string>() == customer.Email && m["kind"]!.GetValue<string>() == "received"), m => m is not null, "it has failed");
        Assert.Contains("not today", failed!["lastAnswer"]!.GetValue<string>(), StringComparison.Ordinal);

        desk.Server.OnData = _ => null;
        (await desk.Node.As(await desk.Manager()).Post($"/api/outbox/{failed["id"]}/send-again")).Must(HttpStatusCode.NoContent);
        await desk.Mail(customer, "We have your request: A day");
        (await desk.Node.As(await People.LogIn(desk.Node, "agent@demo.test")).Post($"/api/outbox/{failed["id"]}/send-again")).Refused(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task An_unknown_address_is_not_written_to_again()
    {
        var (gone, here) = (await People.NewCustomer(desk.Node), await People.NewCustomer(desk.Node));
        desk.Server.OnRecipient = to => to == gone.Email ? "550 5.1.1 no such mailbox" : null;
        var ticket = await desk.Node.OpenTicket(gone, "To nobody");
        await Eventually.True(async () => (await desk.Outbox("failed")).Any(m => m["to"]!.GetValue<string>() == gone.Email), "it has failed at once");
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        await Eventually.True(async () => (await desk.Outbox("suppressed")).Any(m => m["to"]!.GetValue<string>() == gone.Email && m["kind"]!.GetValue<string>() == "accepted"), "the next one is not tried");

        await desk.Node.OpenTicket(here, "To somebody");
        await desk.Mail(here, "To somebody");
        Assert.DoesNotContain(desk.Of(gone), m => m.Subject.Contains("To nobody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_hangs_holds_nobody_up()
    {
        var go = new TaskCompletionSource();
        desk.Server.Before = _ => go.Task;
        var customer = await People.NewCustomer(desk.Node);
        for (var n = 0; n < 8; n++) await desk.Node.OpenTicket(customer, $"Hanging {n}");
        await Eventually.True(() => Task.FromResult(desk.Server.Attempts >= 4), "all hands are full");
        var ticket = await desk.Node.OpenTicket(customer, "Chat goes on");
        (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        for (var n = 0; n < 20; n++) (await desk.Node.Say(desk.People.Agent, ticket, $"Line {n}")).Must(HttpStatusCode.Created);
        Assert.DoesNotContain(desk.Of(customer), m => m.Subject.Contains("Hanging", StringComparison.Ordinal));

        go.SetResult();
        await desk.Mail(customer, "Chat goes on");
    }

    private Task Waiting(string answer) =>
        Eventually.True(async () => (await desk.Outbox("waiting")).Any(m => m["lastAnswer"]?.GetValue<string>().Contains(answer, StringComparison.Ordinal) == true), $"it waits, and {answer} is shown");

    public ValueTask DisposeAsync() => desk.DisposeAsync();
}
