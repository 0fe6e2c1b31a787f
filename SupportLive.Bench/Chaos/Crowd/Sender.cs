using System.Globalization;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>Somebody who writes on one ticket, by hub or by REST, one message after the other.</summary>
internal sealed class Sender(string name, Person person, Guid ticket, Client? hub, Door door, int home, Ledger ledger, Persistence persistence, Random random)
{
    private const int Longest = 300;

    private int said;

    /// <summary>The next REST call is given up before its answer can come.</summary>
    public bool CutNext { get; set; }

    /// <summary>The hub of which this sender is, if it writes by hub.</summary>
    public Client? Hub => hub;

    /// <summary>Until told to stop, or until the ticket takes no more.</summary>
    /// <param name="notes">The share of notes, from 0 to 1.</param>
    public async Task Talk(double notes, TimeSpan pause, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(pause * (0.3 + (1.4 * random.NextDouble())), CancellationToken.None);
            if (stop.IsCancellationRequested) return;
            var message = await Say(random.NextDouble() < notes ? Deed.Note : Deed.Message);
            if (message.Ending == Ending.Fail) return;
        }
    }

    public Task<Operation> Say(Deed deed, int? length = null)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{said++}");
        var message = ledger.Invoke(deed, name, person.Id, ticket, id, id + new string('.', length ?? random.Next(Longest)));
        return persistence.Settle(message, random, attempt => hub is null ? Post(message, attempt) : hub.Say(message));
    }

    private Task<Answer> Post(Operation message, int attempt)
    {
        var cut = CutNext ? TimeSpan.FromMilliseconds(random.Next(1, 6)) : (TimeSpan?)null;
        CutNext = false;
        return door.Post(home + attempt, person, $"/api/chats/{message.Ticket}/messages", new { body = message.Body, clientId = message.ClientId, @internal = message.Deed == Deed.Note }, cut);
    }
}
