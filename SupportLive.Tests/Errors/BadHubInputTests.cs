using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Errors;

/// <summary>The hub refuses what REST refuses, with the same codes, and lives on.</summary>
public sealed class BadHubInputTests(OneNode desk) : IClassFixture<OneNode>
{
    [Fact]
    public async Task Arguments_at_the_end_may_be_left_out()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var hub = await desk.Node.Connect(desk.People.Customer);

        Assert.Equal(2, (await hub.Call("join", ticket)).Must()["publicSeq"]!.GetValue<int>());
        Assert.Empty((await hub.Call("join", ticket, 2)).Must()["entries"]!.AsArray());
        Assert.Equal(2, (await hub.Call("join", ticket, null, null)).Must()["entries"]!.AsArray().Count);
        (await hub.Call("message", new { ticketId = ticket, clientId = "c", body = "No flag, no attachments" })).Must();
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_as_invalid()
    {
        await using var hub = await desk.Node.Connect(desk.People.Customer);
        foreach (var (method, arguments) in new (string, object?[])[]
        {
            ("join", [42]), ("join", [new { id = 1 }]), ("join", ["x", "three"]), ("join", ["x", 1, 2, 3]), ("join", ["x", 1.5]), ("message", ["Hello"]), ("message", [new { body = 7 }]),
            ("message", [new { body = "x", @internal = "yes" }]), ("resume", ["all"]), ("resume", [new { }]), ("read", ["x", "far"]), ("typing", [new[] { 1 }]), ("fly", []), ("fly", ["away"]),
        })
            (await hub.Call(method, arguments)).Refused("invalid");
    }

    [Fact]
    public async Task What_is_missing_or_of_nobody_has_the_codes_of_rest()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var hub = await desk.Node.Connect(desk.People.Customer);

        foreach (var id in (object?[])[null, "", "x", Guid.NewGuid()])
        {
            (await hub.Call("join", id)).Refused("not_found");
            (await hub.Call("typing", id)).Refused("not_found");
            (await hub.Call("read", id, 1)).Refused("not_found");
            (await hub.Call("message", new { ticketId = id, clientId = "c", body = "Hello" })).Refused("not_found");
        }

        (await hub.Call("join", ticket, -1)).Refused("invalid");
        (await hub.Call("read", ticket, 99)).Refused("invalid");
        (await hub.Call("read", ticket)).Refused("invalid");
        (await hub.Call("resume", [Enumerable.Repeat(new { ticketId = ticket, after = 0 }, 201)])).Refused("invalid");
        foreach (var body in (string?[])[null, "", "  ", "\u0000", new string('x', 8_001), "x" + new string(' ', 20_000)]) (await hub.Say(ticket, body!)).Refused("invalid");
        foreach (var id in (string[])["", " ", new string('x', 101), "x" + new string(' ', 20_000)]) (await hub.Say(ticket, "Hello", id)).Refused("invalid");

        Assert.Equal(2, (await desk.Node.Log(desk.People.Customer, ticket)).Count);
        (await hub.Say(ticket, "Still connected")).Must();
    }

    [Fact]
    public async Task A_megabyte_gets_a_refusal_and_not_a_broken_connection()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var hub = await desk.Node.Connect(desk.People.Customer);

        (await hub.Say(ticket, new string('x', 1_000_000))).Refused("invalid");

        (await hub.Say(ticket, "Still connected")).Must();
    }

    [Fact]
    public async Task A_broken_neighbour_in_the_queue_does_not_cost_others_their_messages()
    {
        var ticket = await desk.Node.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        var neighbours = await desk.Node.AcceptedTicket(desk.People.OtherCustomer, desk.People.Agent);
        var padded = string.Concat(Enumerable.Range(0, 20_000).Select(n => " \t\n\r"[Random.Shared.Next(4)]));

        for (var round = 0; round < 20; round++)
        {
            var broken = Enumerable.Range(0, 4).Select(n => desk.Node.Say(desk.People.OtherCustomer, neighbours, "x", $"{round}.{n}" + padded)).ToArray();
            var good = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => desk.Node.Say(desk.People.Customer, ticket, $"Message {n}")));
            foreach (var answer in good) answer.Must(System.Net.HttpStatusCode.Created);
            await Task.WhenAll(broken);
        }
    }
}
