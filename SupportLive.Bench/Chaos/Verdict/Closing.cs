using System.Diagnostics;
using SupportLive.Bench.Chaos.Crowd;
using SupportLive.Bench.Chaos.Ground;
using SupportLive.Bench.Chaos.History;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>The end of a run: everything is quiet, everybody is whole, and the log is read back from both nodes.</summary>
internal sealed class Closing(Site site, Everyone everyone, Door door, Ledger ledger, CancellationToken ct)
{
    // A lost hint may cost five seconds, a back-off four, a silent line thirty.
    private static readonly TimeSpan UntilWhole = TimeSpan.FromSeconds(40);

    public async Task<List<Violation>> Judge()
    {
        var people = everyone.Clients.Select(c => c.Person).DistinctBy(p => p.Id).ToDictionary(p => p.Id);
        var openers = ledger.Operations.Where(o => o.Deed == Deed.Open).Select(o => people[o.Account]).DistinctBy(p => p.Id).ToList();
        var log = await new ReadBack(door, 0, everyone.Admin, ledger, ct).All(openers);
        Own(log);
        var unseen = await Unseen(log);
        await ResumeAll();
        var other = await new ReadBack(door, 1, everyone.Admin, ledger, ct).All(openers);
        return
        [
            .. Verdict.Judge.Try(new Evidence(ledger.Operations, ledger.Readers, log, other, ledger.Wrongs)),
            .. unseen,
            .. site.Nodes.SelectMany(n => n.Crashes.Select(last => new Violation(Broken.Crashed, $"Node {n.Name} ended by itself", last))),
        ];
    }

    // A ticket whose opening was never answered is its customer's all the same; its subject names the operation.
    private void Own(List<LogTicket> log)
    {
        var openings = ledger.Operations.Where(o => o.Deed == Deed.Open).ToLookup(o => o.ClientId);
        foreach (var ticket in log)
            foreach (var opening in openings[ticket.Subject])
                foreach (var reader in ledger.Readers.Where(r => r.Account == opening.Account)) reader.Owns(ticket.Id);
    }

    private IEnumerable<Client> Entitled => everyone.Clients.Where(c => c.Reader.Revoked is null);

    private async Task<List<Violation>> Unseen(List<LogTicket> log)
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < UntilWhole && Entitled.Any(c => !c.IsConnected || !Whole(c))) await Task.Delay(250, ct);
        return [.. Entitled.Where(c => !c.IsConnected || !Whole(c)).Select(c => new Violation(Broken.Unseen,
            c.IsConnected ? $"{c.Reader.Name} is connected and was not shown everything within {UntilWhole.TotalSeconds:0} s" : $"{c.Reader.Name} could not connect within {UntilWhole.TotalSeconds:0} s",
            [.. c.Reader.Sights.TakeLast(5).Select(s => s.ToString())]))];

        bool Whole(Client client) => log.TrueForAll(t => client.IsWhole(t.Id, t.PublicSeq, t.StaffSeq));
    }

    private async Task ResumeAll()
    {
        foreach (var some in Entitled.Chunk(20))
        {
            await Task.WhenAll(some.Select(async client =>
            {
                if (await client.Resume()) client.Reader.Watched.UnionWith(client.Tickets);
            }));
        }
    }
}
