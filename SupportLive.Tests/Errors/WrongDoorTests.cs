using System.Net;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Errors;

/// <summary>Wrong addresses, methods, kinds and sizes.</summary>
public sealed class WrongDoorTests(OneNode desk) : IClassFixture<OneNode>
{
    [Theory]
    [InlineData("not-an-id")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("%F0%9F%98%80")]
    public async Task There_is_no_such_ticket(string id)
    {
        var agent = desk.Node.As(desk.People.Agent);
        (await agent.Get($"/api/tickets/{id}")).Refused(HttpStatusCode.NotFound, "not_found");
        (await agent.Post($"/api/tickets/{id}/accept")).Refused(HttpStatusCode.NotFound, "not_found");
        (await agent.Post($"/api/chats/{id}/messages", new { body = "Hello", clientId = "c" })).Refused(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Unknown_addresses_methods_and_kinds_have_codes_too()
    {
        var customer = desk.Node.As(desk.People.Customer);
        (await customer.Get("/api/teapots")).Refused(HttpStatusCode.NotFound, "not_found");
        (await customer.Send(HttpMethod.Delete, "/api/tickets", null)).Refused(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        var form = await customer.PostText("/api/tickets", "subject=Hello", "application/x-www-form-urlencoded");
        Assert.True(form.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType, form.Text);
        Assert.Equal("invalid", form.Code);
    }

    [Fact]
    public async Task A_megabyte_is_too_large_and_the_next_call_works()
    {
        var ticket = await desk.Node.OpenTicket(desk.People.Customer);
        var megabyte = new string('x', 1_000_000);

        (await desk.Node.Say(desk.People.Customer, ticket, megabyte)).Refused(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await desk.Node.As(desk.People.Customer).Post("/api/tickets", new { subject = megabyte })).Refused(HttpStatusCode.RequestEntityTooLarge, "too_large");
        (await desk.Node.Anonymous.Post("/api/auth/login", new { email = megabyte, password = "x" })).Refused(HttpStatusCode.RequestEntityTooLarge, "too_large");

        (await desk.Node.Say(desk.People.Customer, ticket, "Small")).Must(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Deeply_nested_json_is_refused()
    {
        var deep = new string('[', 100_000);

        (await desk.Node.As(desk.People.Customer).PostText("/api/tickets", $$"""{"subject":{{deep}}""")).Refused(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task Long_texts_within_the_limits_are_kept_to_the_last_character()
    {
        var (subject, body) = (new string('s', 199) + "é", string.Concat(Enumerable.Repeat("😀 <b>&amp;\"\\ \n", 500)) + "end");
        var ticket = await desk.Node.OpenTicket(desk.People.Customer, subject);

        (await desk.Node.Say(desk.People.Customer, ticket, body)).Must(HttpStatusCode.Created);

        Assert.Equal(body, (await desk.Node.Log(desk.People.Customer, ticket))[^1].Body);
        Assert.Equal(subject, (await desk.Node.As(desk.People.Customer).Get($"/api/tickets/{ticket}"))["subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_search_for_a_broken_or_hostile_text_finds_nothing_and_breaks_nothing()
    {
        foreach (var q in (string[])["%25", "_", "%5C", "'; drop table tickets; --", "%F0%9F%98%80", new string('x', 200)])
            (await desk.Node.As(desk.People.Agent).Get($"/api/tickets?q={q}")).Must();
        (await desk.Node.As(desk.People.Agent).Get($"/api/tickets?q={new string('x', 201)}")).Refused(HttpStatusCode.BadRequest, "invalid");
    }
}
