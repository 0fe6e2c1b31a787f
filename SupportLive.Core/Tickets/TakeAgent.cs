using SupportLive.Core.Data;

namespace SupportLive.Core.Tickets;

/// <summary>
/// Takes an agent's row lock in the transaction of a move, before the ticket's, and writes down what the agent does. So nobody is given work
/// automatically on a count that this move is about to change. Answers whether the agent has chosen to be away. What an agent's row is, is
/// the assignment room's business.
/// </summary>
public delegate Task<bool> TakeAgent(SupportDb db, Guid agentId, AgentDoes what, CancellationToken ct);

/// <summary>Answers: an offer, with no. TakesWork: gets a ticket, by whatever door.</summary>
public enum AgentDoes { Answers, TakesWork }
