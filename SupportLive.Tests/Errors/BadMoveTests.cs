using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Errors;

/// <summary>Edits, merges, new tickets about old ones and moves in bulk that cannot be right: refused with the field, and nothing has changed.</summary>
public sealed class BadMoveTests(OneNode desk) : IClassFixture<OneNode>
{
    public static TheoryData<string, string> Edits => new()
    {
        { "", "body" },
        { "{}", "body" },
        { """{"version":1}""", "body" },
        { """{"subject":"x"}""", "subject" },
        { """{"subject":"two\nlines"}""", "subject" },
        { $$"""{"subject":"{{new string('x', 201)}}"}""", "subject" },
        { """{"category":"cooking"}""", "category" },
        { """{"category":""}""", "category" },
        { """{"priority":"apocalyptic"}""", "priority" },
        { """{"priority":3}""", "priority" },
        { """{"tags":"vip"}""", "tags" },
        { """{"tags":[""]}""", "tags" },
        { """{"tags":["  "]}""", "tags" },
        { """{"tags":[null]}""", "tags" },
        { """{"tags":["two\nlines"]}""", "tags" },
        { """{"tags":["one, two"]}""", "tags" },
        { $$"""{"tags":["{{new string('x', 41)}}"]}""", "tags" },
        { $$"""{"tags":["{{new string('x', 10_000)}}"]}""", "tags" },
        { $$"""{"addTags":["{{new string('x', 10_000)}}"]}""", "addTags" },
        { """{"tags":["1","2","3","4","5","6","7","8","9","10","11"]}""", "tags" },
        { $$"""{"tags":[{{string.Join(',', Enumerable.Range(0, 5_000).Select(n => $"\"{n}\""))}}]}""", "tags" },
        { """{"tags":["a"],"addTags":["b"]}""", "tags" },
        { """{"version":"new","subject":"Hello"}""", "version" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task An_edit_that_cannot_be_made(string body, string field)
    {
        var ticket = await desk.Node.OpenTicket(desk.People.Customer);

        var answer = await desk.Node.As(desk.People.Agent).Send(HttpMethod.Patch, $"/api/tickets/{ticket}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.NotEmpty(answer.Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]!.AsArray());
        Assert.Single(await desk.Node.Log(desk.People.Customer, ticket));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"into":""}""")]
    [InlineData("""{"into":"999999"}""")]
    [InlineData("""{"into":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("""{"into":1001}""")]
    [InlineData("""{"into":"itself"}""")]
    public async Task A_merge_that_leads_nowhere(string body)
    {
        var ticket = await desk.Node.OpenTicket(desk.People.Customer);

        var answer = await desk.Node.As(desk.People.Agent).PostText($"/api/tickets/{ticket}/merge", body.Replace("itself", $"{ticket}", StringComparison.Ordinal));

        Assert.NotEmpty(answer.Refused(HttpStatusCode.BadRequest, "invalid")["errors"]!["into"]!.AsArray());
        Assert.Single(await desk.Node.Log(desk.People.Customer, ticket));
    }

    [Theory]
    [InlineData("""{"subject":""}""", "subject")]
    [InlineData("""{"description":" "}""", "description")]
    [InlineData("""{"category":"cooking"}""", "category")]
    [InlineData("""{"priority":"now"}""", "priority")]
    public async Task A_new_ticket_about_an_old_one_that_cannot_be_opened(string body, string field)
    {
        var ticket = await desk.Node.ClosedTicket(desk.People.Customer, desk.People.Agent);

        var answer = await desk.Node.As(desk.People.Customer).PostText($"/api/tickets/{ticket}/follow-up", body);

        Assert.NotEmpty(answer.Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]!.AsArray());
        Assert.Empty((await desk.Node.Ticket(desk.People.Customer, ticket))["links"]!.AsArray());
    }

    [Theory]
    [InlineData("{}", "ids")]
    [InlineData("""{"ids":[],"verb":"close"}""", "ids")]
    [InlineData("""{"ids":[null],"verb":"close"}""", "ids")]
    [InlineData("""{"ids":"all","verb":"close"}""", "ids")]
    [InlineData("""{"ids":["1"]}""", "verb")]
    [InlineData("""{"ids":["1"],"verb":"explode"}""", "verb")]
    [InlineData("""{"ids":["1"],"verb":"tag"}""", "body")]
    [InlineData("""{"ids":["1"],"verb":"tag","args":{"tags":["a,b"]}}""", "addTags")]
    [InlineData("""{"ids":["1"],"verb":"priority","args":{"priority":"now"}}""", "args.priority")]
    public async Task Many_moves_that_cannot_be_understood(string body, string field) =>
        Assert.NotEmpty((await desk.Node.As(desk.People.Agent).PostText("/api/tickets/bulk", body)).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]![field]!.AsArray());

    [Fact]
    public async Task Two_hundred_tickets_at_once_and_not_one_more()
    {
        var ids = Enumerable.Range(100_000, 201).Select(n => $"{n}").ToArray();

        (await desk.Node.As(desk.People.Agent).Post("/api/tickets/bulk", new { ids, verb = "close" })).Refused(HttpStatusCode.BadRequest, "invalid");
        var rows = (await desk.Node.As(desk.People.Agent).Post("/api/tickets/bulk", new { ids = ids[1..], verb = "close" })).Must().Body.AsArray();

        Assert.Equal(200, rows.Count);
        Assert.All(rows, row => Assert.Equal((false, "not_found"), (row!["ok"]!.GetValue<bool>(), row["refusal"]!["code"]!.GetValue<string>())));
    }
}
