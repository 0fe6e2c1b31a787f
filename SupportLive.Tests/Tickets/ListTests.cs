using System.Text.Json.Nodes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Tickets;

public sealed class ListTests(OneNode desk) : IClassFixture<OneNode>
{
    [Theory]
    [InlineData("waiting")]
    [InlineData("priority")]
    [InlineData("-created")]
    [InlineData("-updated")]
    public async Task Pages_put_together_are_the_list_whatever_the_order(string sort)
    {
        var customer = await ManyTickets();
        var whole = Ids(await Page(customer, $"sort={sort}&limit=100")).ToArray();

        var pages = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await Page(customer, $"sort={sort}&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            pages.AddRange(Ids(page));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);

        Assert.Equal(11, whole.Length);
        Assert.Equal(whole, pages);
    }

    [Theory]
    [InlineData("waiting", false)]
    [InlineData("priority", false)]
    [InlineData("-created", false)]
    [InlineData("-updated", false)]
    [InlineData("waiting", true)]
    [InlineData("priority", true)]
    [InlineData("-created", true)]
    [InlineData("-updated", true)]
    public async Task No_ticket_comes_twice_and_none_that_stays_is_missing_while_others_move(string sort, bool staff)
    {
        var word = $"w{Guid.NewGuid():N}"[..12];
        var customer = await People.NewCustomer(desk.Node);
        string[] priorities = ["low", "medium", "high", "urgent"];
        var tickets = new List<Guid>();
        for (var n = 0; n < 16; n++) tickets.Add(await desk.Node.OpenTicket(customer, $"About {word}", priorities[n % 4]));
        var movers = tickets.Where((_, n) => n % 3 == 0).ToList();

        var seen = new List<Guid>();
        string? cursor = null;
        var step = 0;
        do
        {
            var page = await Page(staff ? desk.People.Agent : customer, $"sort={sort}&limit=3&q={word}{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(Ids(page));
            cursor = page["nextCursor"]?.GetValue<string>();
            if (step < movers.Count) (await desk.Node.Move(desk.People.Agent, movers[step++], step % 2 == 0 ? "accept" : "escalate", new { reason = "Loud" })).Must();
            await desk.Node.OpenTicket(customer, "Something else");
        }
        while (cursor is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(tickets.Except(movers).Except(seen));
    }

    [Fact]
    public async Task Counts_are_those_of_the_list_and_stop_at_a_hundred()
    {
        var customer = await ManyTickets();

        foreach (var (query, count) in ((string, int)[])[("", 11), ("status=open", 7), ("escalated=true", 1), ("q=number", 11), ("q=%25", 0), ("assignee=none", 8), ("status=closed&status=rejected", 2)])
        {
            var answer = (await desk.Node.As(customer).Get($"/api/tickets/count?{query}")).Must();
            Assert.Equal((count, false), (answer["count"]!.GetValue<int>(), answer["more"]!.GetValue<bool>()));
        }
    }

    [Fact]
    public async Task A_cursor_of_one_order_is_refused_by_another()
    {
        var customer = await ManyTickets();
        var cursor = (await Page(customer, "sort=waiting&limit=3"))["nextCursor"]!.GetValue<string>();

        (await desk.Node.As(customer).Get($"/api/tickets?sort=priority&cursor={cursor}")).Refused(System.Net.HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Filters_hold_what_they_say()
    {
        var customer = await ManyTickets();

        Assert.All(Items(await Page(customer, "status=open&status=closed")), t => Assert.Contains(t["status"]!.GetValue<string>(), (string[])["open", "closed"]));
        Assert.Equal(2, Items(await Page(customer, "status=in_progress")).Length);
        Assert.All(Items(await Page(customer, "priority=urgent,low")), t => Assert.Contains(t["priority"]!.GetValue<string>(), (string[])["urgent", "low"]));
        Assert.Single(Items(await Page(customer, "escalated=true")));
        Assert.Equal(10, Items(await Page(customer, "escalated=false")).Length);
        Assert.Single(Items(await Page(customer, "q=NUMBER 7")));
        Assert.Empty(Items(await Page(customer, "q=%25")));
        Assert.Equal(8, Items(await Page(customer, "assignee=none")).Length);
        Assert.Empty(Items(await Page(customer, "category=billing")));
    }

    [Fact]
    public async Task A_customer_finds_nothing_of_others_whatever_the_filter()
    {
        var (mine, other) = (await People.NewCustomer(desk.Node), await ManyTickets());
        var number = Items(await Page(other, ""))[0]["number"]!.GetValue<long>();

        foreach (var query in (string[])["", $"q={number}", $"q=%23{number}", "q=Number", $"assignee={desk.People.Agent.Id}", "assignee=none", "status=open", "escalated=true"])
            Assert.Empty(Items(await Page(mine, query)));
        Assert.Single(Items(await Page(desk.People.Agent, $"q=%23{number}")));
    }

    // Eleven: seven open, two in progress (one escalated), one closed, one rejected.
    private async Task<Person> ManyTickets()
    {
        var customer = await People.NewCustomer(desk.Node);
        string[] priorities = ["low", "medium", "high", "urgent"];
        var tickets = new List<Guid>();
        for (var n = 0; n < 11; n++) tickets.Add(await desk.Node.OpenTicket(customer, $"Number {n}.", priorities[n % 4]));
        foreach (var ticket in tickets[..3]) (await desk.Node.Move(desk.People.Agent, ticket, "accept")).Must();
        (await desk.Node.Move(desk.People.Agent, tickets[0], "escalate", new { reason = "Loud" })).Must();
        (await desk.Node.Move(desk.People.Agent, tickets[1], "close")).Must();
        (await desk.Node.Move(desk.People.Agent, tickets[3], "reject", new { reason = "Spam" })).Must();
        return customer;
    }

    private async Task<JsonNode> Page(Person who, string query) => (await desk.Node.As(who).Get($"/api/tickets?{query}")).Must().Body;

    private static JsonNode[] Items(JsonNode page) => [.. page["items"]!.AsArray().Select(t => t!)];

    private static IEnumerable<Guid> Ids(JsonNode page) => Items(page).Select(t => t["id"]!.GetValue<Guid>());
}
