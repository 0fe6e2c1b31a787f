using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>A customer with one ticket who tries every door to everybody else's.</summary>
internal sealed class Spy(string name, Client client, Door door, Ledger ledger, Cast cast, Func<Guid> somebodyElses, Random random)
{
    public async Task Run(TimeSpan pause, CancellationToken stop)
    {
        var opened = await cast.Moves.Open(name, client.Person, name, random.Next(2), random);
        if (!opened.IsOk) return;
        client.Reader.Owns(opened.Ticket);
        await client.Watch(opened.Ticket);
        var own = cast.Sender($"{name}-rest", client.Person, opened.Ticket, null, random.Next(2)).Talk(notes: 0, pause * 3, stop);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(pause * 2, CancellationToken.None);
            var ticket = somebodyElses();
            if ((await client.Try("join", ticket, 0, 0)).Ending == Ending.Ok) ledger.LetIn($"{name} joined ticket {ticket:N}");
            if ((await client.Try("message", new { ticketId = ticket, clientId = $"{name}-intrudes", body = "Hello?" })).Ending == Ending.Ok) ledger.LetIn($"{name} wrote on ticket {ticket:N}");
            foreach (var path in (string[])[$"/api/tickets/{ticket}", $"/api/chats/{ticket}/messages?after=0", $"/api/tickets/{ticket}/history", $"/api/chats/{opened.Ticket}/messages?after=0&feed=staff"])
                if ((await door.Get(random.Next(2), client.Person, path)).Ending == Ending.Ok) ledger.LetIn($"{name} read {path}");
        }

        await own;
    }
}
