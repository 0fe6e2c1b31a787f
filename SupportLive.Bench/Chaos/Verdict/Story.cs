using System.Globalization;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Verdict;

/// <summary>A small good history for the self-check: opened (1), accepted (2), four messages (3–6) and a note, closed (7); read by customer and agent.</summary>
internal sealed class Story
{
    private static readonly Guid Ticket = Guid.NewGuid();

    private readonly List<Operation> operations = [];
    private readonly List<LogRow> rows = [];
    private List<LogRow>? otherRows;
    private bool secondTicket;
    private long clock;

    public Story()
    {
        Act(Deed.Open, Customer, 1, "ticket_created");
        Act(Deed.Accept, Agent, 2, "ticket_accepted");
        for (var seq = 3; seq <= 6; seq++) Act(Deed.Message, seq % 2 == 0 ? Agent : Customer, seq, "message");
        Act(Deed.Note, Agent, 1, "note");
        Act(Deed.Close, Customer, 7, "ticket_closed");
        Customer.Owns(Ticket);
        Customer.Watched.Add(Ticket);
        Agent.Watched.Add(Ticket);
    }

    public Reader Customer { get; } = new("customer", Guid.NewGuid(), staff: false);

    public Reader Agent { get; } = new("agent", Guid.NewGuid(), staff: true);

    public Reader Spy { get; } = new("spy", Guid.NewGuid(), staff: false);

    public List<string> LetIn { get; } = [];

    private void Act(Deed deed, Reader who, int seq, string kind)
    {
        var (id, name) = (Guid.NewGuid(), string.Create(CultureInfo.InvariantCulture, $"{kind}-{seq}"));
        var (staff, text) = (deed == Deed.Note, deed is Deed.Message or Deed.Note ? name : null);
        operations.Add(new() { Deed = deed, Client = who.Name, Account = who.Account, ClientId = name, Ticket = Ticket, Body = text, Invoked = ++clock, Ended = ++clock, Ending = Ending.Ok, Seq = seq, Entry = id, Attempts = 1 });
        rows.Add(new(Ticket, staff, seq, id, kind, who.Account, text, text, staff ? rows.Count(r => !r.Staff) : null));
        var sight = new Sight(++clock, 1, Via.Pushed, Ticket, staff, seq, id, kind, Joined: true);
        Agent.See(sight);
        if (!staff) Customer.See(sight);
    }

    private int Index(int seq) => rows.FindIndex(r => r.Seq == seq && !r.Staff);

    public Operation Operation(int seq) => operations.First(o => o.Seq == seq && o.Deed != Deed.Note);

    public void Drop(int seq) => rows.RemoveAt(Index(seq));

    public void Change(int seq, Func<LogRow, LogRow> change) => rows[Index(seq)] = change(rows[Index(seq)]);

    public void ChangeOther(int seq, Func<LogRow, LogRow> change)
    {
        otherRows = [.. rows];
        otherRows[Index(seq)] = change(otherRows[Index(seq)]);
    }

    public void Twice(int seq) => rows.Add(rows[Index(seq)] with { Seq = 8, Id = Guid.NewGuid() });

    /// <summary>Log and acknowledgements agree, and contradict the order in which things were done.</summary>
    public void Swap(int x, int y)
    {
        var (a, b) = (Operation(x), Operation(y));
        (a.Seq, b.Seq) = (y, x);
        var (i, j) = (Index(x), Index(y));
        (rows[i], rows[j]) = (rows[j] with { Seq = x }, rows[i] with { Seq = y });
    }

    public void SecondWinner() => Accept(Ending.Ok, null);

    public void Loser(Guid toldOf) => Accept(Ending.Fail, toldOf);

    private void Accept(Ending ending, Guid? by) => operations.Add(
        new() { Deed = Deed.Accept, Client = "rival", Account = Guid.NewGuid(), ClientId = "accept", Ticket = Ticket, Invoked = ++clock, Ended = ++clock, Ending = ending, By = by, Attempts = 1 });

    public void AfterClose(bool note) => Act(note ? Deed.Note : Deed.Message, Agent, note ? 2 : 8, note ? "note" : "message");

    public void SecondTicket() => secondTicket = true;

    public Evidence Evidence()
    {
        rows.Sort((x, y) => (x.Staff, x.Seq).CompareTo((y.Staff, y.Seq)));
        var counters = (Public: Math.Max(7, rows.Where(r => !r.Staff).Max(r => r.Seq)), Staff: rows.Count(r => r.Staff));
        LogTicket Of(List<LogRow> its) => new(Ticket, "ticket_created-1", "closed", Agent.Account, counters.Public, counters.Staff, its);
        List<LogTicket> log = [Of(rows)];
        if (secondTicket) log.Add(new(Guid.NewGuid(), "ticket_created-1", "open", null, 0, 0, []));
        return new(operations, [Customer, Agent, Spy], log, otherRows is null ? log : [Of(otherRows)], LetIn);
    }
}
