using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>Tickets: opened once, won by one, and silent after their close.</summary>
internal static class Moves
{
    public static IEnumerable<Violation> Try(Evidence evidence)
    {
        var log = evidence.Log.ToDictionary(t => t.Id);
        return Opened(evidence).Concat(evidence.Operations.Where(o => o.Deed is not Deed.Open).GroupBy(o => o.Ticket).SelectMany(of =>
            log.TryGetValue(of.Key, out var ticket)
                ? Accepted(ticket, [.. of.Where(o => o.Deed == Deed.Accept)]).Concat(Closed(ticket, [.. of]))
                : of.Any(o => o.IsOk) ? [new(Broken.Lost, $"Ticket {of.Key:N} is gone", [.. of.Where(o => o.IsOk).Take(5).Select(o => o.ToString())])] : []));
    }

    private static IEnumerable<Violation> Opened(Evidence evidence)
    {
        var subjects = evidence.Log.ToLookup(t => t.Subject);
        foreach (var opened in evidence.Operations.Where(o => o.Deed == Deed.Open))
        {
            var there = subjects[opened.ClientId].ToList();
            if (there.Count > 1) yield return new(Broken.Duplicated, "One client id, two tickets", [opened.ToString(), .. there.Select(t => $"ticket {t.Id:N}")]);
            if (opened.IsOk && there.TrueForAll(t => t.Id != opened.Ticket)) yield return new(Broken.Lost, "An opened ticket is gone", [opened.ToString()]);
        }
    }

    private static IEnumerable<Violation> Accepted(LogTicket ticket, List<Operation> accepts)
    {
        var rows = ticket.Rows.Where(r => r.Kind == "ticket_accepted").ToList();
        var winners = accepts.Where(o => o.IsOk).Select(o => o.Account).Concat(rows.Select(r => r.Author ?? Guid.Empty)).ToHashSet();
        List<string> all = [.. accepts.Select(o => o.ToString()), .. rows.Select(r => r.ToString())];
        if (winners.Count > 1 || rows.Count > 1) yield return new(Broken.TwoWinners, $"Ticket {ticket.Id:N} was accepted {Math.Max(winners.Count, rows.Count)} times", all);
        if (accepts.Exists(o => o.IsOk) && (rows.Count == 0 || ticket.Assignee is null)) yield return new(Broken.Lost, "An acknowledged accept is not in the log", all);
        if (accepts.Exists(o => o.By is { } by && !winners.Contains(by))) yield return new(Broken.TwoWinners, "A loser was told of somebody else than the winner", all);
    }

    private static IEnumerable<Violation> Closed(LogTicket ticket, List<Operation> operations)
    {
        var acknowledged = operations.Where(o => o.Deed == Deed.Close && o.IsOk).ToList();
        if (ticket.Rows.FirstOrDefault(r => r.Kind == "ticket_closed") is not { } close)
        {
            if (acknowledged.Count > 0) yield return new(Broken.Lost, "An acknowledged close is not in the log", [.. acknowledged.Select(o => o.ToString())]);
            yield break;
        }

        var late = ticket.Rows.Where(r => r.Staff ? r.Kind == "note" && r.After >= close.Seq : r.Kind == "message" && r.Seq > close.Seq).ToList();
        if (late.Count > 0) yield return new(Broken.AfterClose, $"Ticket {ticket.Id:N} was closed at seq {close.Seq} and went on", [close.ToString(), .. late.Select(r => r.ToString())]);
        var since = acknowledged.Count == 0 ? long.MaxValue : acknowledged.Min(o => o.Ended);
        foreach (var o in operations.Where(o => o.Writes && o.IsOk && o.Invoked > since))
            yield return new(Broken.AfterClose, "Begun after the close was acknowledged, and accepted", [.. acknowledged.Select(c => c.ToString()), o.ToString()]);
    }
}
