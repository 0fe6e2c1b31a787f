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
