using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>Feeds the judge made-up histories, one good and each of the others with one thing wrong. A judge that misses one is worth nothing.</summary>
internal static class SelfCheck
{
    public static int Run()
    {
        var failed = 0;
        foreach (var (name, expected, spoil) in Cases)
        {
            var story = new Story();
            spoil(story);
            var found = Judge.Try(story.Evidence()).Select(v => v.Promise).Distinct().Order().ToArray();
            var right = expected is { } broken ? found.Contains(broken) : found.Length == 0;
            if (!right) failed++;
            Console.WriteLine($"{(right ? "found " : "MISSED")}  {name}: {(found.Length == 0 ? "nothing wrong" : string.Join(", ", found))}");
        }

        Console.WriteLine(failed == 0 ? $"The judge found all of {Cases.Count}." : $"The judge was wrong in {failed} of {Cases.Count}.");
        return failed == 0 ? 0 : 1;
    }

    private static IReadOnlyList<(string Name, Broken? Expected, Action<Story> Spoil)> Cases { get; } =
    [
        ("a good history", null, _ => { }),
        ("a retried write without an answer, stored once", null, s => s.Operation(3).Ending = Ending.Unknown),
        ("an acknowledged message that is not in the log", Broken.Lost, s => s.Drop(5)),
        ("an acknowledged message with another text", Broken.Lost, s => s.Change(5, r => r with { Body = "else" })),
        ("an acknowledged message at another place", Broken.Lost, s => s.Operation(5).Seq = 6),
        ("one client id, two rows", Broken.Duplicated, s => s.Twice(5)),
        ("a hole in the log", Broken.Holes, s => s.Drop(4)),
        ("a last entry that is counted and not there", Broken.Holes, s => s.Drop(7)),
        ("an order against time", Broken.OutOfOrder, s => s.Swap(4, 5)),
        ("a reader with a hole", Broken.Holes, s => s.Customer.Sights.RemoveAt(3)),
        ("a reader without the end", Broken.Holes, s => s.Customer.Sights.RemoveAt(s.Customer.Sights.Count - 1)),
        ("a reader who is shown one twice", Broken.OutOfOrder, s => s.Customer.Sights.Insert(4, s.Customer.Sights[3])),
        ("a reader with two in the wrong order", Broken.OutOfOrder, s => s.Customer.Sights.Reverse(2, 2)),
        ("a reader who is shown another entry", Broken.Unlike, s => s.Customer.Sights[3] = s.Customer.Sights[3] with { Entry = Guid.NewGuid() }),
        ("nodes that disagree", Broken.Unlike, s => s.ChangeOther(5, r => r with { Body = "else" })),
        ("two agents who both accepted", Broken.TwoWinners, s => s.SecondWinner()),
        ("a loser who is told of the wrong winner", Broken.TwoWinners, s => s.Loser(Guid.NewGuid())),
        ("a loser who is told of the winner", null, s => s.Loser(s.Agent.Account)),
        ("an accept that is gone", Broken.Lost, s => s.Change(2, r => r with { Kind = "ticket_escalated" })),
        ("a message after the close", Broken.AfterClose, s => s.AfterClose(note: false)),
        ("a note after the close", Broken.AfterClose, s => s.AfterClose(note: true)),
        ("a close that is gone", Broken.Lost, s => s.Change(7, r => r with { Kind = "ticket_escalated" })),
        ("a refused message that is in the log", Broken.Ghosts, s => s.Operation(4).Ending = Ending.Fail),
        ("a message that nobody wrote", Broken.Ghosts, s => s.Change(5, r => r with { ClientId = "nobody" })),
        ("a customer who is shown a note", Broken.WrongReader, s => s.Customer.See(s.Agent.Sights.First(x => x.Staff))),
        ("a customer who is shown another's ticket", Broken.WrongReader, s => s.Spy.See(s.Customer.Sights[2])),
        ("staff who hear a conversation without joining it", Broken.WrongReader, s => s.Agent.See(s.Customer.Sights[3] with { Joined = false })),
        ("a door that opened", Broken.WrongReader, s => s.LetIn.Add("somebody")),
        ("something shown after the rights had ended", Broken.AfterRevocation, s => s.Agent.Revoked = s.Agent.Sights[^1].At - 1),
        ("one ticket opened twice", Broken.Duplicated, s => s.SecondTicket()),
    ];
}
