using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Errors;

/// <summary>What cannot be right is refused by REST with a stable code, the field and a sentence, and changes nothing.</summary>
public sealed class BadInputTests(OneNode desk) : IClassFixture<OneNode>
{
    private static readonly string Nul = "\\u0000";
    private static readonly string Blanks = new(' ', 20_000);

    public static TheoryData<string, string, string?> Tickets => new()
    {
        { "", "body", "nothing" },
        { "null", "body", "null" },
        { "[]", "body", "an array" },
        { "{", "body", "half a body" },
        { "{}", "subject", "an empty object" },
        { Ticket(subject: ""), "subject", null },
        { Ticket(subject: "  a  "), "subject", "too short behind the blanks" },
        { Ticket(subject: new string('x', 201)), "subject", null },
        { Ticket(subject: "two\\nlines"), "subject", null },
        { Ticket(subject: "with" + Nul), "subject", "a character that cannot be stored" },
        { Ticket(subject: "half a pair \\ud83d"), "subject", null },
        { Ticket(description: " \\t "), "description", null },
        { Ticket(description: new string('x', 10_001)), "description", null },
        { Ticket(category: "cooking"), "category", null },
        { Ticket(category: ""), "category", null },
        { Ticket(priority: "\"apocalyptic\""), "priority", null },
        { Ticket(priority: "3"), "priority", "a number for a word" },
        { Ticket(priority: "null"), "priority", null },
        { Ticket(clientId: new string('x', 101)), "clientId", null },
        { Ticket(clientId: "x" + Blanks), "clientId", "longer than it looks" },
    };

    private static string Ticket(string subject = "Hello", string description = "World", string category = "general", string priority = "\"low\"", string clientId = "c") =>
        $$"""{"subject":"{{subject}}","description":"{{description}}","category":"{{category}}","priority":{{priority}},"clientId":"{{clientId}}"}""";

    [Theory]
    [MemberData(nameof(Tickets))]
    public async Task A_ticket_that_cannot_be_opened(string body, string field, string? why)
    {
        var customer = await People.NewCustomer(desk.Node);

        var answer = await desk.Node.As(customer).PostText("/api/tickets", body);

        Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{why}: {answer.Text}");
        answer.Refused(HttpStatusCode.BadRequest, "invalid");
        Assert.NotEmpty(answer["errors"]![field]!.AsArray());
        Assert.Empty((await desk.Node.As(customer).Get("/api/tickets")).Must()["items"]!.AsArray());
    }

    public static TheoryData<string, string, string> Messages => new()
    {
        { "{}", "body", "nothing" },
        { """{"body":"","clientId":"c"}""", "body", "empty" },
        { """{"body":" \n ","clientId":"c"}""", "body", "blank" },
        { $$"""{"body":"{{new string('x', 8_001)}}","clientId":"c"}""", "body", "too long" },
        { $$"""{"body":"x{{Blanks}}","clientId":"c"}""", "body", "longer than it looks" },
        { $$"""{"body":"{{Nul}}x","clientId":"c"}""", "body", "cannot be stored" },
        { """{"body":"Hello"}""", "clientId", "no client id" },
        { """{"body":"Hello","clientId":""}""", "clientId", "empty client id" },
        { $$"""{"body":"Hello","clientId":"{{new string('x', 101)}}"}""", "clientId", "too long a client id" },
        { $$"""{"body":"Hello","clientId":"x{{Blanks}}"}""", "clientId", "client id longer than it looks" },
        { """{"body":42,"clientId":"c"}""", "body", "a number" },
        { """{"body":"Hello","clientId":"c","internal":"maybe"}""", "internal", "no flag" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_that_cannot_be_sent(string body, string field, string why)
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);

        var answer = await desk.Node.As(desk.People.Customer).PostText($"/api/chats/{ticket}/messages", body);

        Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{why}: {answer.Text}");
        Assert.NotEmpty(answer.Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]!.AsArray());
        Assert.Equal(2, (await desk.Node.Log(desk.People.Customer, ticket)).Count);
    }

    [Theory]
    [InlineData("reject", "{}", "reason")]
    [InlineData("reject", """{"reason":"  "}""", "reason")]
    [InlineData("escalate", "", "reason")]
    [InlineData("escalate", """{"reason":7}""", "reason")]
    [InlineData("assign", "{}", "agentId")]
    [InlineData("assign", """{"agentId":"somebody"}""", "agentId")]
    [InlineData("rate", "{}", "score")]
    [InlineData("rate", """{"score":6}""", "score")]
    [InlineData("rate", """{"score":0}""", "score")]
    [InlineData("rate", """{"score":"five"}""", "score")]
    [InlineData("accept", "{", "body")]
    public async Task A_move_that_cannot_be_understood(string verb, string body, string field)
    {
        var ticket = await desk.Node.OpenTicket(desk.People.Customer);
        var who = verb == "rate" ? desk.People.Customer : desk.People.Manager;

        var answer = await desk.Node.As(who).PostText($"/api/tickets/{ticket}/{verb}", body);

        Assert.NotEmpty(answer.Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]!.AsArray());
        Assert.Single(await desk.Node.Log(desk.People.Customer, ticket));
    }

    [Fact]
    public async Task Nobody_is_assigned_who_cannot_work_on_tickets()
    {
        var ticket = await desk.Node.OpenTicket(desk.People.Customer);
        foreach (var agentId in (Guid[])[desk.People.OtherCustomer.Id, Guid.NewGuid(), Guid.Empty])
            (await desk.Node.Move(desk.People.Manager, ticket, "assign", new { agentId })).Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Theory]
    [InlineData("/api/tickets?status=lost", "status")]
    [InlineData("/api/tickets?priority=1", "priority")]
    [InlineData("/api/tickets?sort=colour", "sort")]
    [InlineData("/api/tickets?limit=0", "limit")]
    [InlineData("/api/tickets?limit=101", "limit")]
    [InlineData("/api/tickets?limit=many", "limit")]
    [InlineData("/api/tickets?cursor=abc", "cursor")]
    [InlineData("/api/tickets?assignee=you", "assignee")]
    [InlineData("/api/tickets?escalated=perhaps", "escalated")]
    [InlineData("/api/tickets?q=%00", "q")]
    [InlineData("/api/tickets?category=%00", "category")]
    [InlineData("/api/chats/{ticket}/messages?after=-1", "after")]
    [InlineData("/api/chats/{ticket}/messages?after=x", "after")]
    [InlineData("/api/chats/{ticket}/messages?after=1&before=2", "before")]
    [InlineData("/api/chats/{ticket}/messages?limit=201", "limit")]
    [InlineData("/api/chats/{ticket}/messages?feed=secret", "feed")]
    public async Task A_question_that_cannot_be_answered(string path, string field)
    {
        var ticket = await desk.Node.OpenTicket(desk.People.Customer);

        var answer = await desk.Node.As(desk.People.Agent).Get(path.Replace("{ticket}", $"{ticket}", StringComparison.Ordinal));

        Assert.NotEmpty(answer.Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]!.AsArray());
    }
}
