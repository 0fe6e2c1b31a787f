using System.Net;
using System.Text.Json.Nodes;
using SupportLive.Tests.Nodes;
using Xunit;

namespace SupportLive.Tests.Live;

/// <summary>Register, then read: what commits between the two must be in the answer or come behind it.</summary>
[Trait("Category", "Nodes")]
public sealed class JoinHoleTests(TwoNodes desk) : IClassFixture<TwoNodes>
{
    private const int Messages = 90; // of each of the two writers, so that one answer can hold all of it

    [Fact]
    public async Task Whoever_joins_while_messages_flow_from_both_nodes_misses_none_and_sees_none_twice()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        var flowing = Task.WhenAll(Write(desk.A, desk.People.Customer, ticket), Write(desk.B, desk.People.Agent, ticket));

        var watching = new List<Task<Watch>>();
        for (var n = 0; !flowing.IsCompleted || watching.Count < 8; n++)
        {
            watching.Add(Enter(desk.Either(n), n % 4 < 2 ? desk.People.Customer : desk.People.Agent, ticket));
            if (watching.Count % 3 == 0) await watching[^1];
            if (watching.Count == 40) break;
        }

        await flowing;
        (await desk.A.Say(desk.People.Customer, ticket, "The end")).Must(HttpStatusCode.Created);
        const int Last = (2 * Messages) + 3; // created, accepted, and the end
        foreach (var watch in await Task.WhenAll(watching))
        {
            await using var client = watch.Client;
            await client.HearMessage("The end");
            // Messages only: that it was accepted may come, from the other node, between connecting and joining; lists hear of it.
            var pushed = client.Events.Where(e => e.Ticket == ticket && e.Name == "message").Select(e => e.Entry!["seq"]!.GetValue<int>()).ToArray();
            Assert.Equal(Enumerable.Range(1, Last), watch.Read.Concat(pushed));
        }
    }

    [Fact]
    public async Task Who_comes_back_with_its_last_seq_gets_exactly_what_is_missing()
    {
        var ticket = await desk.A.AcceptedTicket(desk.People.Customer, desk.People.Agent);
        await using var client = await desk.B.Connect(desk.People.Customer);
        var seen = Seqs(await client.Join(ticket, after: 0)).ToList();
        for (var round = 0; round < 5; round++)
        {
            (await client.Call("leave", ticket)).Must();
            var flowing = Write(desk.Either(round), desk.People.Agent, ticket, 15, $"round {round}");
            var before = client.Events.Count;
            seen.AddRange(Seqs(await client.Join(ticket, after: seen[^1])));
            await flowing;
            await client.HearMessageOrKnow(seen, 2 + (15 * (round + 1)));
            // Messages only: what happened to the ticket reaches its customer also while the conversation is left, from the other node a moment later.
            seen.AddRange(client.Events.Skip(before).Where(e => e.Ticket == ticket && e.Name == "message").Select(e => e.Entry!["seq"]!.GetValue<int>()));
        }

        Assert.Equal(Enumerable.Range(1, 2 + (15 * 5)), seen);
    }

    private static async Task<Watch> Enter(TestNode node, Person who, Guid ticket)
    {
        var client = await node.Connect(who);
        return new Watch(client, [.. Seqs(await client.Join(ticket, after: 0))]);
    }

    private static IEnumerable<int> Seqs(JsonNode joined) => joined["entries"]!.AsArray().Where(e => e!["feed"]!.GetValue<string>() == "public").Select(e => e!["seq"]!.GetValue<int>());

    private static async Task Write(TestNode node, Person who, Guid ticket, int count = Messages, string what = "line")
    {
        for (var n = 0; n < count; n++) (await node.Say(who, ticket, $"{what} {n}")).Must(HttpStatusCode.Created);
    }

    private sealed record Watch(LiveClient Client, int[] Read);
}

internal static class Waiting
{
    /// <summary>Until the entry of that seq has come, by answer or by push.</summary>
    public static Task HearMessageOrKnow(this LiveClient client, IReadOnlyList<int> known, int seq) => known.Contains(seq)
        ? Task.CompletedTask
        : client.Hear("message", p => p["seq"]!.GetValue<int>() == seq);
}
