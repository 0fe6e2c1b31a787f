using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>All that the judge looks at: what was done, what was shown, and what two nodes read back at the end.</summary>
internal sealed record Evidence(
    IReadOnlyList<Operation> Operations, IReadOnlyList<Reader> Readers, IReadOnlyList<LogTicket> Log, IReadOnlyList<LogTicket> OtherNode, IReadOnlyList<string> LetIn);
