using System.Globalization;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>What a ticket needs of whoever gets it.</summary>
public sealed record Need(string Category, TicketPriority Priority, IReadOnlyCollection<Guid> Excluded);

/// <summary>An agent judged for a ticket.</summary>
/// <param name="Full">Would be able but for the load.</param>
public sealed record Candidate(AgentState Agent, bool Able, bool Full, string Reason)
{
    public WhoView View() => new(Agent.Id, Agent.DisplayName, Able, Agent.Presence, Agent.Load, Agent.Capacity, Agent.Conversations, Reason);
}

/// <summary>
/// Who gets a ticket: the one function behind automatic assignment, "Why me?" and "who would get this now?". Pure. Able is who is available,
/// takes the category, has not passed this ticket on, and has room. Capacity and load have one unit, the priority weights: there is room when
/// the load and this ticket together stay within the capacity. One exception: whoever has nothing at all (and a capacity above 0) can take
/// any one ticket, or the heaviest could wait for ever. The lowest load is first, then the longest idle, then the id.
/// </summary>
public static class Ranking
{
    public static IReadOnlyList<Candidate> Of(Need need, IEnumerable<AgentState> agents, AssignmentSettings settings)
    {
        var weight = settings.Weights!.Of(need.Priority)!.Value;
        var judged = agents.Select(a => (Agent: a, No: WhyNot(need, a, weight))).ToList();
        var able = judged.Where(j => j.No is null).Select(j => j.Agent).OrderBy(a => a.Taken).ThenBy(a => a.GivenAt ?? DateTimeOffset.MinValue).ThenBy(a => a.Id).ToList();
        var others = judged.Where(j => j.No is not null).OrderBy(j => j.Agent.Presence).ThenBy(j => j.Agent.Taken).ThenBy(j => j.Agent.DisplayName, StringComparer.Ordinal).ThenBy(j => j.Agent.Id);
        return
        [
            .. able.Select((a, n) => new Candidate(a, Able: true, Full: false, n == 0 ? WhyFirst(able) : LoadOf(a))),
            .. others.Select(j => new Candidate(j.Agent, Able: false, j.No!.Value.Full, j.No.Value.Reason)),
        ];
    }

    // The order matters: what the agent can change last of all is said last.
    private static (string Reason, bool Full)? WhyNot(Need need, AgentState agent, double weight)
    {
        if (!agent.Alive) return ("Is away: nothing is connected", false);
        if (agent.Chosen == AgentStatus.Away) return (agent.Reason == "ignored_offers" ? "Is away: did not answer three offers" : "Is away", false);
        if (agent.Chosen == AgentStatus.Busy) return ("Is busy", false);
        if (agent.Categories.Count > 0 && !agent.Categories.Contains(need.Category)) return ("Does not take this category", false);
        if (need.Excluded.Contains(agent.Id)) return ("Has passed this ticket on", false);
        if (agent.Capacity == 0) return ("Has no capacity", false);
        return HasRoom(agent, weight) ? null : ($"{LoadOf(agent)} leaves no room for {Number(weight)} more", true);
    }

    public static bool HasRoom(AgentState agent, double weight) => agent.Capacity > 0 && (agent.Taken == 0 || agent.Taken + weight <= agent.Capacity);

    private static string WhyFirst(IReadOnlyList<AgentState> able) => able switch
    {
        [var only] => $"{LoadOf(only)}, the only one who can take it now",
        [var first, var second, ..] when first.Taken == second.Taken => $"{LoadOf(first)}, idle the longest of {able.Count} online",
        _ => $"{LoadOf(able[0])}, the lowest of {able.Count} online",
    };

    private static string LoadOf(AgentState agent) =>
        $"Load {Number(agent.Load)} of {agent.Capacity}" + (agent.Offered > 0 ? $" and {Number(agent.Offered)} offered" : "");

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
