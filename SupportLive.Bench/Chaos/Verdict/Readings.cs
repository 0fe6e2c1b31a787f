using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>What each reader was shown of the tickets that it had joined: every number once, in order, from one to the end, and as the log has it.</summary>
internal static class Readings
{
    public static IEnumerable<Violation> Try(Evidence evidence)
    {
        var log = evidence.Log.ToDictionary(t => t.Id);
        foreach (var reader in evidence.Readers)
        {
            var feeds = reader.Sights.Where(s => s.Joined && s.Seq > 0).ToLookup(s => (s.Ticket, s.Staff));
            foreach (var feed in feeds)
            {
                foreach (var step in Steps(reader, [.. feed])) yield return step;
                if (log.TryGetValue(feed.Key.Ticket, out var ticket) && Unlike(reader, [.. feed], ticket) is { } unlike) yield return unlike;
            }

            foreach (var id in reader.Watched)
            {
                if (!log.TryGetValue(id, out var ticket)) continue;
                if (End(reader, feeds[(id, false)], ticket.PublicSeq, id) is { } missing) yield return missing;
                if (reader.IsStaff && End(reader, feeds[(id, true)], ticket.StaffSeq, id) is { } notes) yield return notes;
            }
        }
    }

    private static IEnumerable<Violation> Steps(Reader reader, List<Sight> feed)
    {
        var (last, told) = (0, new HashSet<Broken>());
        for (var i = 0; i < feed.Count; i++)
        {
            var seq = feed[i].Seq;
            var broken = seq <= last ? Broken.OutOfOrder : Broken.Holes;
            if (seq != last + 1 && told.Add(broken)) // once each: what follows from it is no news
                yield return new(broken, $"{reader.Name} was shown {seq} after {last} of ticket {feed[i].Ticket:N}", [.. feed.Skip(Math.Max(0, i - 3)).Take(6).Select(s => s.ToString())]);
            last = seq;
        }
    }

    private static Violation? Unlike(Reader reader, List<Sight> feed, LogTicket ticket)
    {
        var rows = ticket.Rows.Where(r => r.Staff == feed[0].Staff).ToDictionary(r => r.Seq);
        return feed.Where(s => !rows.TryGetValue(s.Seq, out var row) || row.Id != s.Entry || row.Kind != s.Kind).Select(s => (Sight?)s).FirstOrDefault() is { } sight
            ? new(Broken.Unlike, $"{reader.Name} was shown something else than the log holds", [sight.ToString(), rows.TryGetValue(sight.Seq, out var row) ? row.ToString() : "no such row in the log"])
            : null;
    }

    private static Violation? End(Reader reader, IEnumerable<Sight> feed, int end, Guid ticket)
    {
        var last = feed.Select(s => s.Seq).DefaultIfEmpty().Max();
        return last == end ? null : new(Broken.Holes, $"{reader.Name} was shown {last} of {end} entries of ticket {ticket:N}, also after the last resume", [.. feed.TakeLast(3).Select(s => s.ToString())]);
    }
}
