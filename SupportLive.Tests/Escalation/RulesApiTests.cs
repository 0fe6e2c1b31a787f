using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Chat;
using SupportLive.Core.Escalation;
using SupportLive.Tests.Nodes;
using Xunit;
using static SupportLive.Tests.Escalation.RuleStories;

namespace SupportLive.Tests.Escalation;

public sealed class RulesApiTests(RuleDesk desk) : IClassFixture<RuleDesk>
{
    private People People => desk.People;

    [Fact]
    public async Task Of_two_who_edit_a_rule_the_second_is_told_and_gets_it_as_it_stands()
    {
        var rule = await desk.A.AddRule(People.Manager, Body("First", "reply", 5000, "billing", new { action = "escalate" }));
        var path = $"/api/escalation-rules/{rule["id"]}";
        JsonNode Draft(string name) => With(Body(name, "reply", 5000, "billing", new { action = "escalate" }), "version", rule["version"]!.GetValue<int>());

        (await desk.A.Put(People.Manager, path, Draft("Second"))).Must();
        var stale = (await desk.B.Put(People.Admin, path, Draft("Third"))).Refused(HttpStatusCode.Conflict, "stale_version");

        Assert.Equal("Second", stale["current"]!["name"]!.GetValue<string>());
        var listed = Assert.Single((await desk.B.As(People.Manager).Get("/api/escalation-rules")).Must().Body.AsArray(), r => r!["id"]!.ToString() == rule["id"]!.ToString());
        Assert.Equal(stale["current"]!.ToJsonString(), listed!.ToJsonString());
        await desk.A.Drop(People.Manager, rule);
        (await desk.A.Put(People.Manager, path, Draft("Fourth"))).Refused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Twenty_who_edit_the_same_version_at_once_leave_one_winner()
    {
        var rule = await desk.A.AddRule(People.Manager, Body("Raced", "reply", 5000, "billing", new { action = "escalate" }));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? desk.A : desk.B).Put(
            People.Manager, $"/api/escalation-rules/{rule["id"]}", With(Body($"Racer {n}", "reply", 5000, "billing", new { action = "escalate" }), "version", 1))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.Conflict, "stale_version"));
        await desk.A.Drop(People.Manager, rule);
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "when")]
    [InlineData("""{"name":"x","when":{"waitingFor":"godot"},"afterMinutes":1,"hours":"always","then":[{"action":"escalate"}]}""", "when.waitingFor")]
    [InlineData("""{"name":"x","when":{"waitingFor":"reply","category":["gardening"]},"afterMinutes":1,"hours":"always","then":[{"action":"escalate"}]}""", "when.category")]
    [InlineData("""{"name":"x","when":{"waitingFor":"first_response","status":["resolved"]},"afterMinutes":1,"hours":"always","then":[{"action":"escalate"}]}""", "when.status")]
    [InlineData("""{"name":"x","when":{"waitingFor":"reply"},"afterMinutes":0,"hours":"always","then":[{"action":"escalate"}]}""", "afterMinutes")]
    [InlineData("""{"name":"x","when":{"waitingFor":"reply"},"afterMinutes":1e9,"hours":"always","then":[{"action":"escalate"}]}""", "afterMinutes")]
    [InlineData("""{"name":"x","when":{"waitingFor":"reply"},"afterMinutes":1,"hours":"always","then":[]}""", "then")]
    [InlineData("""{"name":"x","when":{"waitingFor":"reply"},"afterMinutes":1,"hours":"always","then":[null]}""", "then[0]")]
    public async Task A_rule_that_cannot_be_is_refused_with_its_field(string body, string field)
    {
        var refused = (await desk.A.As(People.Manager).PostText("/api/escalation-rules", body)).Refused(HttpStatusCode.BadRequest, "invalid");

        Assert.Contains(field, refused["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task Business_hours_are_kept_as_given_and_checked()
    {
        var hours = new { timeZone = "Europe/Lisbon", week = new { mon = (string[][])[["08:00", "12:00"], ["13:00", "17:30"]] }, holidays = (string[])["2026-12-25"] };
        (await desk.A.Put(People.Manager, "/api/settings/business-hours", hours)).Must();
        var kept = (await desk.A.As(People.Admin).Get("/api/settings/business-hours")).Must();
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(hours.week), kept["week"]!.ToJsonString());
        Assert.Equal("Europe/Lisbon", kept["timeZone"]!.GetValue<string>());

        (await desk.A.Put(People.Manager, "/api/settings/business-hours", new { timeZone = "Moon/Base" })).Refused(HttpStatusCode.BadRequest, "invalid");
        (await desk.A.Put(People.Manager, "/api/settings/business-hours", new { hours.timeZone, hours.week, hours.holidays, version = 0 })).Refused(HttpStatusCode.Conflict, "stale_version");
        (await desk.A.Put(People.Agent, "/api/settings/business-hours", hours)).Refused(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Staff_see_when_a_ticket_is_due_by_the_targets_and_pages_reckon_the_same_from_what_they_know()
    {
        (await desk.A.Put(People.Manager, "/api/settings/targets", new { firstResponse = new { low = 30, high = 10 }, resolution = new { low = 600 }, hours = "always", closeAfterDays = 7 })).Must();
        var ticket = await desk.A.Ask(People.Customer, "general");
        var opened = (await desk.A.As(People.Agent).Get($"/api/tickets/{ticket}")).Must();
        var created = opened["createdAt"]!.GetValue<DateTimeOffset>();

        Assert.Equal("first_response", opened["due"]!["kind"]!.GetValue<string>());
        Assert.Equal(created.AddMinutes(30), opened["due"]!["at"]!.GetValue<DateTimeOffset>());
        Assert.Null((await desk.A.As(People.Customer).Get($"/api/tickets/{ticket}")).Must()["due"]);

        (await desk.A.Move(People.Agent, ticket, "accept")).Must();
        var reader = await Nodes.People.ActorOf(desk.A, People.Agent);
        var state = new Web.Chat.ConversationState(reader.Id);
        state.Load((await desk.A.The<ChatQueries>().Join(reader, ticket, null, null, TestContext.Current.CancellationToken)).Must());
        using var subscription = desk.A.The<Core.Live.LiveStream>().Subscribe();
        subscription.Add(Core.Live.Topic.Ticket(ticket));
        (await desk.A.Say(People.Agent, ticket, "Hello")).Must(HttpStatusCode.Created);
        await foreach (var happened in subscription.Read(TestContext.Current.CancellationToken))
        {
            state.Apply(happened, DateTimeOffset.UtcNow);
            break;
        }

        var answered = (await desk.A.As(People.Agent).Get($"/api/tickets/{ticket}")).Must();
        Assert.Equal("resolution", answered["due"]!["kind"]!.GetValue<string>());
        Assert.Equal(created.AddMinutes(600), answered["due"]!["at"]!.GetValue<DateTimeOffset>());
        Assert.Equal(created.AddMinutes(600), desk.A.The<TargetClock>().Times.Of(state.Ticket!)!.At);
    }

    [Fact]
    public async Task Targets_are_checked()
    {
        foreach (var (body, field) in new (object, string)[]
        {
            (new { firstResponse = new { low = 0 }, hours = "always" }, "firstResponse.low"), (new { resolution = new { urgent = -5 }, hours = "always" }, "resolution.urgent"),
            (new { closeAfterDays = 7 }, "hours"), (new { hours = "always", closeAfterDays = 0 }, "closeAfterDays"),
        })
            Assert.Contains(field, (await desk.A.Put(People.Manager, "/api/settings/targets", body)).Refused(HttpStatusCode.BadRequest, "invalid")["errors"]!.AsObject().Select(e => e.Key));
    }

    private static JsonNode With(object body, string name, int value)
    {
        var node = System.Text.Json.JsonSerializer.SerializeToNode(body, Core.Live.Wire.Json)!;
        node[name] = value;
        return node;
    }
}
