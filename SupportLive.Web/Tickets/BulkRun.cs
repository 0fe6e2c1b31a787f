using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>One move on many tickets, one after the other: how far it is and what became of each.</summary>
/// <param name="name">What is done, as its button says.</param>
/// <param name="tickets">To which tickets, in this order.</param>
public sealed class BulkRun(string name, IReadOnlyList<TicketSnapshot> tickets)
{
    private readonly List<(TicketSnapshot Ticket, Refusal? Refusal)> done = [];
    private bool stopped;

    public string Name => name;

    public int Total => tickets.Count;

    public IReadOnlyList<(TicketSnapshot Ticket, Refusal? Refusal)> Done => done;

    public int Refused => done.Count(d => d.Refusal is not null);

    public bool IsRunning { get; private set; } = true;

    /// <summary>Not in the middle of a move: what has begun is finished.</summary>
    public void Stop() => stopped = true;

    public async Task Go(Func<TicketSnapshot, Task<Outcome<TicketSnapshot>>> move, Action moved)
    {
        foreach (var ticket in tickets)
        {
            if (stopped) break;
            done.Add((ticket, (await move(ticket)).Refusal));
            moved();
        }

        IsRunning = false;
    }

    /// <summary>What to say when it is over, or stopped.</summary>
    public string Summary =>
        $"{done.Count - Refused} of {Total} done{(Refused > 0 ? $", {Refused} refused" : "")}{(done.Count < Total && !IsRunning ? $", {Total - done.Count} left as they were" : "")}.";
}
