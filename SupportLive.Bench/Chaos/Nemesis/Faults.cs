namespace SupportLive.Bench.Chaos.Nemesis;

/// <summary>All that the nemesis knows, by name.</summary>
internal static class Faults
{
    public static IReadOnlyDictionary<string, Fault> All { get; } = new Dictionary<string, Fault>(StringComparer.Ordinal)
    {
        ["kill-node"] = NodeFaults.Kill,
        ["freeze-node"] = NodeFaults.Freeze,
        ["term-node"] = NodeFaults.Terminate,
        ["rolling-restart"] = NodeFaults.Roll,
        ["clock"] = NodeFaults.Clock,
        ["pg-fast"] = DatabaseFaults.Fast,
        ["pg-immediate"] = DatabaseFaults.Immediate,
        ["pg-kill"] = DatabaseFaults.Kill,
        ["listen"] = DatabaseFaults.EndListeners,
        ["black-hole"] = DatabaseFaults.BlackHole,
        [DiskFull] = DatabaseFaults.Full,
        ["cut"] = ClientFaults.Cut,
        ["stop-reading"] = ClientFaults.StopReading,
        ["herd"] = ClientFaults.Herd,
        ["revoke"] = ClientFaults.Revoke,
    };

    public const string DiskFull = "disk-full";

    /// <summary>Shuffled decks, one after the other: each fault once before any comes again.</summary>
    public static IEnumerable<string> Schedule(IReadOnlyList<string> chosen, Random random)
    {
        while (true)
        {
            var deck = chosen.ToArray();
            random.Shuffle(deck);
            foreach (var fault in deck) yield return fault;
        }
    }
}
