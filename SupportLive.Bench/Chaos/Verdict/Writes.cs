using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>Messages and notes: nothing acknowledged is missing, nothing is there twice, nothing is there that nobody wrote.</summary>
internal static class Writes
{
    public static IEnumerable<Violation> Try(Evidence evidence)
    {
        var rows = evidence.Log.SelectMany(t => t.Rows).Where(r => r.ClientId is not null && r.Kind is "message" or "note").ToList();
        var stored = rows.ToLookup(r => (r.Ticket, r.Author, r.ClientId));
        var written = evidence.Operations.Where(o => o.Writes).ToLookup(o => (o.Ticket, (Guid?)o.Account, (string?)o.ClientId));
        return Lost(written, stored).Concat(Duplicated(written, stored)).Concat(Ghosts(written, stored));
    }

    private static IEnumerable<Violation> Lost(ILookup<(Guid, Guid?, string?), Operation> written, ILookup<(Guid, Guid?, string?), LogRow> stored) =>
        from o in written.SelectMany(o => o)
        where o.IsOk && !stored[(o.Ticket, o.Account, o.ClientId)].Any(r => r.Seq == o.Seq && r.Id == o.Entry && r.Staff == (o.Deed == Deed.Note) && r.Body == o.Body)
        select new Violation(Broken.Lost, $"Acknowledged as seq {o.Seq}, and not in the log like that", [o.ToString(), .. stored[(o.Ticket, o.Account, o.ClientId)].Select(r => r.ToString())]);

    private static IEnumerable<Violation> Duplicated(ILookup<(Guid, Guid?, string?), Operation> written, ILookup<(Guid, Guid?, string?), LogRow> stored) =>
        from same in stored
        where same.Skip(1).Any()
        select new Violation(Broken.Duplicated, $"One client id, {same.Count()} rows", [.. written[same.Key].Select(o => o.ToString()), .. same.Select(r => r.ToString())]);

    private static IEnumerable<Violation> Ghosts(ILookup<(Guid, Guid?, string?), Operation> written, ILookup<(Guid, Guid?, string?), LogRow> stored)
    {
        foreach (var same in stored)
        {
            var by = written[same.Key].ToList();
            if (by.Count == 0) yield return new(Broken.Ghosts, "In the log, and nobody wrote it", [.. same.Select(r => r.ToString())]);
            if (by.Exists(o => o.Ending == Ending.Fail)) yield return new(Broken.Ghosts, "In the log, though it was refused for good", [.. by.Select(o => o.ToString()), .. same.Select(r => r.ToString())]);
        }
    }
}
