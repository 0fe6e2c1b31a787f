using System.Net;
using SupportLive.Core.Accounts;
using SupportLive.Core.Reports;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Reports;

/// <summary>The morning mail to those who read reports, and who does not get it. A desk for each: what happened on a day is everybody's.</summary>
[Trait("Category", "Nodes")]
public sealed class DailySummaryTests(World world) : IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly ReportDesk desk = new(world);

    public ValueTask InitializeAsync() => desk.InitializeAsync();

    [Fact]
    public async Task A_manager_reads_what_happened_and_what_is_late()
    {
        var customer = await desk.Person(Roles.Customer);
        await desk.Node.OpenTicket(customer, "Late <img src=x> one", "urgent");
        await desk.Node.OpenTicket(customer, "In time", "low");
        var day = DateOnly.FromDateTime(desk.Now.Date);
        await desk.Another();
        await desk.Next(8);

        var mail = await desk.Mail(desk.Manager.Email, "in numbers");

        Assert.Equal($"SupportLive: {ReportWords.Day(day)} in numbers", mail.Subject);
        Assert.Contains("Opened: 2", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Now 2 tickets are open and nobody has them; 1 is past its deadline:", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Late <img src=x> one: 21 h", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("In time", mail.Text, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://desk.test/desk/", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"https://desk.test/reports?from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}&timeZone=UTC", mail.Text, StringComparison.Ordinal);
        await desk.Look();
        await desk.Sent();
        Assert.Single(desk.Of(desk.Manager.Email), m => m.Subject.Contains("in numbers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_else_is_told_and_nobody_who_has_said_no()
    {
        var (agent, disabled, silent, clicked, late) = (await desk.Person(Roles.Agent), await desk.Person(Roles.Manager), await desk.Person(Roles.Manager), await desk.Person(Roles.Manager), await desk.Person(Roles.Customer));
        await desk.Node.OpenTicket(late, "Something to tell");
        (await desk.Node.The<AccountActions>().Disable(Actor.SupportLive, disabled.Id, Ct)).Must();
        (await desk.Node.As(await desk.Again(silent)).Put("/api/notifications/preferences/summary", new { channel = "none" })).Must(HttpStatusCode.NoContent);
        await desk.Next(8);
        var link = new Uri((await desk.Mail(clicked.Email, "in numbers")).Header("List-Unsubscribe")!.Trim('<', '>'));
        (await desk.Node.Anonymous.PostText(link.PathAndQuery, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")).Must();
        var former = await desk.Person(Roles.Manager); // not there when it was due
        await (await desk.Another()).The<ReportMails>().Look(Ct);
        await desk.Mail(desk.Manager.Email, "in numbers");
        await desk.Sent();

        Assert.Equal(new[] { desk.Manager.Email, clicked.Email }.Order(StringComparer.Ordinal), await Told());

        (await desk.Node.The<AccountActions>().SetRoles(Actor.SupportLive, former.Id, [Roles.Agent], Ct)).Must();
        await desk.Next(8);
        await Eventually.True(() => Task.FromResult(desk.Of(desk.Manager.Email).Count(m => m.Subject.Contains("in numbers", StringComparison.Ordinal)) == 2), "the next morning comes");
        await desk.Sent();
        Assert.Equal(new[] { desk.Manager.Email, desk.Manager.Email, clicked.Email }.Order(StringComparer.Ordinal), await Told());
        foreach (var person in (Person[])[agent, disabled, silent, late, former]) Assert.DoesNotContain(desk.Of(person.Email), m => m.Subject.Contains("in numbers", StringComparison.Ordinal));
    }

    private async Task<IEnumerable<string>> Told() => (await desk.Outbox()).Where(m => m.Kind == "summary").Select(m => m.To).Order(StringComparer.Ordinal);

    [Fact]
    public async Task Of_a_day_on_which_nothing_happened_nobody_is_told()
    {
        var customer = await desk.Person(Roles.Customer);
        await desk.Next(8);
        await Eventually.True(async () => !(await Told()).Any(), "it was dropped");
        await desk.Look();
        Assert.Empty(await Told());
        Assert.DoesNotContain(desk.Of(desk.Manager.Email), m => m.Subject.Contains("in numbers", StringComparison.Ordinal));

        await desk.Node.OpenTicket(await desk.Again(customer), "Something");
        await desk.Next(8);
        await desk.Mail(desk.Manager.Email, "in numbers");
    }

    [Fact]
    public async Task Who_loses_the_right_between_the_hour_and_the_mail_is_not_told()
    {
        desk.Server.OnData = _ => "451 4.3.2 come back";
        var (customer, other) = (await desk.Person(Roles.Customer), await desk.Person(Roles.Manager));
        await desk.Node.OpenTicket(customer, "Something");
        await desk.Next(8);
        await Eventually.True(async () => (await desk.Outbox()).Count(m => m.Kind == "summary" && m.Answer?.Contains("come back", StringComparison.Ordinal) == true) == 2, "both were tried");
        (await desk.Node.The<AccountActions>().SetRoles(Actor.SupportLive, other.Id, [Roles.Agent], Ct)).Must();

        desk.Server.OnData = _ => null;

        await Eventually.True(async () =>
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
            return (await Told()).Count() == 1;
        }, "the other one is dropped");
        await desk.Mail(desk.Manager.Email, "in numbers");
        Assert.DoesNotContain(desk.Of(other.Email), m => m.Subject.Contains("in numbers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_who_reads_reports_is_asked_about_it()
    {
        foreach (var (role, offered) in ((string, bool)[])[(Roles.Manager, true), (Roles.Agent, false), (Roles.Customer, false)])
        {
            var person = await desk.Person(role);
            var events = (await desk.Node.As(await desk.Again(person)).Get("/api/notifications/preferences")).Must()["items"]!.AsArray().Select(e => e!["event"]!.GetValue<string>()).ToList();
            Assert.Contains("reply", events);
            Assert.Equal(offered, events.Contains("summary"));
        }
    }

    public ValueTask DisposeAsync() => desk.DisposeAsync();
}
