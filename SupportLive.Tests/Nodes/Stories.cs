using System.Net;
using System.Text.Json;
using SupportLive.Core.Live;

namespace SupportLive.Tests.Nodes;

/// <summary>How tickets come into the states that tests start from, by the same door as everybody's.</summary>
public static class Stories
{
    public static async Task<Guid> OpenTicket(this TestNode node, Person customer, string subject = "The printer is on fire", string priority = "high") =>
        (await node.As(customer).Post("/api/tickets", new { subject, description = "It burns with a low flame.", category = "technical", priority }))
            .Must(HttpStatusCode.Created)["id"]!.GetValue<Guid>();

    public static async Task<Guid> AcceptedTicket(this TestNode node, Person customer, Person agent)
    {
        var ticket = await node.OpenTicket(customer);
        (await node.Move(agent, ticket, "accept")).Must();
        return ticket;
    }

    public static async Task<Guid> ClosedTicket(this TestNode node, Person customer, Person agent)
    {
        var ticket = await node.AcceptedTicket(customer, agent);
        (await node.Move(agent, ticket, "close")).Must();
        return ticket;
    }

    public static Task<Answer> Move(this TestNode node, Person who, Guid ticket, string verb, object? body = null) =>
        node.As(who).Post($"/api/tickets/{ticket}/{verb}", body);

    public static Task<Answer> Edit(this TestNode node, Person who, Guid ticket, object changes) => node.As(who).Patch($"/api/tickets/{ticket}", changes);

    /// <summary>A ticket as this person sees it.</summary>
    public static async Task<System.Text.Json.Nodes.JsonNode> Ticket(this TestNode node, Person reader, Guid ticket) => (await node.As(reader).Get($"/api/tickets/{ticket}")).Must().Body;

    /// <summary>The history of a ticket as this person reads it, in sentences.</summary>
    public static async Task<IReadOnlyList<string>> Sentences(this TestNode node, Person reader, Guid ticket) =>
        [.. (await node.As(reader).Get($"/api/tickets/{ticket}/history")).Must()["items"]!.AsArray().Select(e => Core.Tickets.Sentences.Of(JsonSerializer.Deserialize<EntryView>(e!.ToJsonString(), Wire.Json)!))];

    public static Task<Answer> Say(this TestNode node, Person who, Guid ticket, string body, string? clientId = null, bool @internal = false) =>
        node.As(who).Post($"/api/chats/{ticket}/messages", new { body, clientId = clientId ?? Guid.NewGuid().ToString(), @internal });

    /// <summary>The public feed as this person reads it, oldest first.</summary>
    public static async Task<IReadOnlyList<(int Seq, string Kind, string? Body)>> Log(this TestNode node, Person reader, Guid ticket, string feed = "public")
    {
        var all = new List<(int, string, string?)>();
        while (true)
        {
            var after = all.Count == 0 ? 0 : all[^1].Item1;
            var page = (await node.As(reader).Get($"/api/chats/{ticket}/messages?after={after}&limit=200&feed={feed}")).Must()["items"]!.AsArray();
            all.AddRange(page.Select(e => (e!["seq"]!.GetValue<int>(), e["kind"]!.GetValue<string>(), e["body"]?.GetValue<string>())));
            if (page.Count < 200) return all;
        }
    }
}
