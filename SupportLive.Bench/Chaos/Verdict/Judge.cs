using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>Compares what was acknowledged and shown with what was read back, in the manner of Jepsen's total-queue and set-full tests.</summary>
internal static class Judge
{
    public static List<Violation> Try(Evidence evidence) =>
    [
        .. Writes.Try(evidence),
        .. Order.Try(evidence),
        .. Moves.Try(evidence),
        .. Readings.Try(evidence),
        .. Eyes.Try(evidence),
        .. Nodes(evidence),
    ];

    private static IEnumerable<Violation> Nodes(Evidence evidence)
    {
        var other = evidence.OtherNode.ToDictionary(t => t.Id);
        foreach (var ticket in evidence.Log)
        {
            if (!other.TryGetValue(ticket.Id, out var twin) || twin.Rows.Count != ticket.Rows.Count || !twin.Rows.SequenceEqual(ticket.Rows))
                yield return new(Broken.Unlike, $"The nodes show different logs of ticket {ticket.Id:N}", [.. ticket.Rows.Except(twin?.Rows ?? []).Concat(twin?.Rows.Except(ticket.Rows) ?? []).Take(20).Select(r => r.ToString())]);
        }
    }
}
