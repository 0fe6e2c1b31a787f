using System.Globalization;
using System.Net;
using Bunit;
using SupportLive.Core.Escalation;
using SupportLive.Tests.Assignment;
using SupportLive.Tests.Nodes;
using SupportLive.Web.Assignment;
using SupportLive.Web.Tickets;
using Xunit;
using static SupportLive.Tests.Escalation.RuleStories;

namespace SupportLive.Tests.Escalation;

/// <summary>What customers are told of when somebody answers: in the form, on the waiting ticket's page, and by REST.</summary>
[Trait("Category", "Nodes")]
public sealed class WaitTests(AssignmentDesk desk) : IClassFixture<AssignmentDesk>
{
    private static readonly string[][] Always = [["00:00", "24:00"]];

    private Person Customer => desk.People.Customer;

    [Fact]
    public async Task With_nobody_online_and_the_desk_closed_they_are_told_when_it_opens_and_the_ticket_is_kept()
    {
        var opens = new DateTimeOffset(DateTimeOffset.UtcNow.Date.AddDays(3).AddHours(9), TimeSpan.Zero);
        await Hours(BusinessHours.Days[((int)opens.DayOfWeek + 6) % 7], ["09:00", "17:00"]);
        await Online(0);
        var day = opens.ToString("dddd", CultureInfo.InvariantCulture);
        var sentence = $"We answer {day[..3]} 9:00–17:00 (UTC). You will likely hear from us {day} from 9:00.";
        await using var page = await Circuit.Of(desk.B, Customer);

        var form = page.Render<NewTicketPane>(_ => { });
        form.WaitForAssertion(() => Assert.Contains($"Nobody is online right now. {sentence}", form.Markup, StringComparison.Ordinal), Eventually.Deadline);
        form.WaitForElement("#subject", Eventually.Deadline).Change("Is anybody there?");
        form.Find("#description").Change("Hello?");
        form.Find("form").Submit();
        var ticket = (await Eventually.Get(() => desk.A.As(Customer).Get("/api/tickets?status=open"), all => all.Must()["items"]!.AsArray().Count == 1, "it is kept"))["items"]![0]!;

        var answer = (await Place(ticket["id"]!.GetValue<Guid>())).Must();
        Assert.Equal((1, 0, opens, sentence), (answer["position"]!.GetValue<int>(), answer["online"]!.GetValue<int>(), answer["nextOpenAt"]!.GetValue<DateTimeOffset>(), answer["hours"]!.GetValue<string>()));
        var waiting = page.Render<TicketPane>(p => p.Add(x => x.Number, ticket["number"]!.GetValue<long>()).Add(x => x.Back, "/tickets"));
        waiting.WaitForAssertion(() => Assert.Contains($"Nobody is online right now. {sentence} Your ticket is kept.", waiting.Markup, StringComparison.Ordinal), Eventually.Deadline);
        await desk.Clear();
    }

    [Fact]
    public async Task While_somebody_is_online_nothing_is_said_of_hours()
    {
        await Hours("mon", ["09:00", "09:01"]);
        await using var agent = await desk.Agent("Anna Always");
        await Online(1);
        var ticket = await desk.Ticket();
        await using var page = await Circuit.Of(desk.B, Customer);

        var (form, waiting) = (page.Render<NewTicketPane>(_ => { }), page.Render<WaitingPane>(p => p.Add(x => x.TicketId, ticket)));

        waiting.WaitForAssertion(() => Assert.Contains("You are next.", waiting.Markup, StringComparison.Ordinal), Eventually.Deadline);
        form.WaitForElement("#category option", Eventually.Deadline);
        Assert.DoesNotContain("online", form.Markup + waiting.Markup, StringComparison.Ordinal);
        var answer = (await Place(ticket)).Must();
        Assert.Equal((1, null, null), (answer["online"]!.GetValue<int>(), answer["nextOpenAt"], answer["hours"]));
    }

    [Fact]
    public async Task During_the_hours_and_where_they_never_begin_no_time_is_promised()
    {
        await Hours("mon", [], Always);
        await Online(0);
        var ticket = await desk.Ticket();
        var open = (await Place(ticket)).Must();
        Assert.Equal((null, "We answer Mon–Sun 0:00–24:00 (UTC)."), (open["nextOpenAt"], open["hours"]!.GetValue<string>()));

        await Hours("mon", []);
        var never = await Eventually.Get(() => Place(ticket), a => a.Must()["hours"] is null, "every node knows the hours");
        Assert.Null(never["nextOpenAt"]);
        await using var page = await Circuit.Of(desk.B, Customer);
        var waiting = page.Render<WaitingPane>(p => p.Add(x => x.TicketId, ticket));
        waiting.WaitForAssertion(() => Assert.Contains("we answer it as soon as somebody is back", waiting.Markup, StringComparison.Ordinal), Eventually.Deadline);
        await desk.Clear();
    }

    [Fact]
    public async Task An_open_page_says_it_anew_when_somebody_comes_and_when_nobody_is_left()
    {
        await Hours("mon", ["09:00", "09:01"]);
        await Online(0);
        var ticket = await desk.Ticket();
        await using var page = await Circuit.Of(desk.B, Customer, new QuickClock());
        var waiting = page.Render<WaitingPane>(p => p.Add(x => x.TicketId, ticket));
        void Says(string words) => waiting.WaitForAssertion(() => Assert.Contains(words, waiting.Markup, StringComparison.Ordinal), Eventually.Deadline);
        Says("Nobody is online right now. We answer Mon 9:00–9:01 (UTC).");

        await using (var agent = await desk.Agent("Anna Short"))
        {
            Says("You are next.");
            await agent.Choose("away");
            Says("Nobody is online right now.");
        }
    }

    // Open on that day alone; with other intervals, on every day.
    private async Task Hours(string day, string[] open, string[][]? everyDay = null)
    {
        var week = BusinessHours.Days.ToDictionary(d => d, d => everyDay ?? (d == day && open.Length > 0 ? [open] : []));
        (await desk.B.Put(desk.People.Manager, "/api/settings/business-hours", new { timeZone = "UTC", week, holidays = (string[])[] })).Must();
    }

    private async Task Online(int agents)
    {
        var ticket = await desk.Ticket("urgent");
        await Eventually.Get(() => Place(ticket), a => a.Must()["online"]!.GetValue<int>() == agents, $"{agents} online");
        (await desk.A.Move(Customer, ticket, "close")).Must(HttpStatusCode.OK);
    }

    private Task<Answer> Place(Guid ticket) => desk.B.As(Customer).Get($"/api/queue/position?ticketId={ticket}");

    /// <summary>Waits are a fiftieth as long; it is as late as ever.</summary>
    private sealed class QuickClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 50 : dueTime, period);
    }
}
