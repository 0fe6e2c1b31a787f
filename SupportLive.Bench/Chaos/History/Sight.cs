using System.Globalization;

namespace SupportLive.Bench.Chaos.History;

/// <summary>Pushed: the server said it by itself. Answered: part of the answer to a join or resume.</summary>
internal enum Via { Pushed, Answered }

/// <summary>Something that a reader was shown. Without a seq it is a passing signal or a list's news.</summary>
internal readonly record struct Sight(long At, int Connection, Via Via, Guid Ticket, bool Staff, int Seq, Guid Entry, string Kind, bool Joined)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Moment.Seconds(At)} connection {Connection} {Via} {Kind} ticket {Ticket:N} {(Staff ? "staff" : "public")} seq {Seq} entry {Entry:N}{(Joined ? "" : " (not joined)")}");
}

/// <summary>One account's reading, over all its connections, in the order in which it was shown.</summary>
internal sealed class Reader(string name, Guid account, bool staff)
{
    public string Name => name;

    public Guid Account => account;

    public bool IsStaff => staff;

    /// <summary>The tickets of which this reader is the customer.</summary>
    public HashSet<Guid> Own { get; } = [];

    public List<Sight> Sights { get; } = [];

    /// <summary>When the account's rights were gone for good: five seconds after its disabling was acknowledged.</summary>
    public long? Revoked { get; set; }

    /// <summary>Connected and joined at the end, so that it must have been shown everything.</summary>
    public HashSet<Guid> Watched { get; } = [];

    public void See(Sight sight)
    {
        lock (Sights) Sights.Add(sight);
    }

    public void Owns(Guid ticket)
    {
        lock (Sights) Own.Add(ticket);
    }
}
