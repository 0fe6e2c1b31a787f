using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>Opening, accepting and closing by REST, each until its outcome is known.</summary>
internal sealed class Moves(Door door, Ledger ledger, Persistence persistence)
{
    /// <summary>The subject is the client id, by which a ticket without an answer is found again.</summary>
    public Task<Operation> Open(string name, Person customer, string clientId, int node, Random random)
    {
        var open = ledger.Invoke(Deed.Open, name, customer.Id, Guid.Empty, clientId);
        return persistence.Settle(open, random, attempt => door.Post(node + attempt, customer, "/api/tickets",
            new { subject = clientId, description = "Something does not work.", category = "general", priority = "medium", clientId }));
    }

    public Task<Operation> Accept(string name, Person agent, Guid ticket, int node, Random random) => Move(Deed.Accept, "accept", name, agent, ticket, node, random);

    public Task<Operation> Close(string name, Person who, Guid ticket, int node, Random random) => Move(Deed.Close, "close", name, who, ticket, node, random);

    private Task<Operation> Move(Deed deed, string verb, string name, Person who, Guid ticket, int node, Random random)
    {
        var move = ledger.Invoke(deed, name, who.Id, ticket, $"{verb}-{name}");
        return persistence.Settle(move, random, attempt => door.Post(node + attempt, who, $"/api/tickets/{ticket}/{verb}", new { }));
    }
}
