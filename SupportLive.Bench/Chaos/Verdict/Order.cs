using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>The log of each feed has no holes, and its order never contradicts time: what was acknowledged before another was begun stands before it.</summary>
internal static class Order
{
    public static IEnumerable<Violation> Try(Evidence evidence)
    {
        var written = evidence.Operations.Where(o => o.Writes && o.IsOk).ToLookup(o => (o.Ticket, o.Deed == Deed.Note));
        foreach (var ticket in evidence.Log)
        {
            foreach (var staff in (bool[])[false, true])
            {
                var rows = ticket.Rows.Where(r => r.Staff == staff).ToList();
                if (Dense(ticket, rows, staff ? ticket.StaffSeq : ticket.PublicSeq) is { } hole) yield return hole;
                foreach (var backwards in Backwards(written[(ticket.Id, staff)])) yield return backwards;
            }
        }
    }

    private static Violation? Dense(LogTicket ticket, List<LogRow> rows, int counter)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Seq != i + 1) return new(Broken.Holes, $"The log of ticket {ticket.Id:N} goes from {(i == 0 ? 0 : rows[i - 1].Seq)} to {rows[i].Seq}", [.. rows.Skip(Math.Max(0, i - 3)).Take(6).Select(r => r.ToString())]);
        }

        return rows.Count == counter ? null : new(Broken.Holes, $"Ticket {ticket.Id:N} counts {counter} entries and has {rows.Count}", [.. rows.TakeLast(3).Select(r => r.ToString())]);
    }

    private static IEnumerable<Violation> Backwards(IEnumerable<Operation> operations)
    {
        Operation? earliest = null; // of all that stand later in the log, the one that was acknowledged first
        foreach (var operation in operations.OrderByDescending(o => o.Seq))
        {
            if (earliest is not null && earliest.Ended < operation.Invoked)
                yield return new(Broken.OutOfOrder, $"Seq {operation.Seq} was begun after seq {earliest.Seq} was acknowledged", [earliest.ToString(), operation.ToString()]);
            if (earliest is null || operation.Ended < earliest.Ended) earliest = operation;
        }
    }
}
