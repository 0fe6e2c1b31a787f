namespace SupportLive.Bench.Chaos.History;

/// <summary>Everything that was done and everything that was shown, as it happened; judged at the end.</summary>
internal sealed class Ledger
{
    private readonly List<Operation> operations = [];
    private readonly List<Reader> readers = [];
    private readonly Dictionary<string, int> oddities = new(StringComparer.Ordinal);
    private readonly List<string> wrongs = [];

    public Operation Invoke(Deed deed, string client, Guid account, Guid ticket, string clientId, string? body = null)
    {
        var operation = new Operation { Deed = deed, Client = client, Account = account, Ticket = ticket, ClientId = clientId, Body = body, Invoked = Moment.Now };
        lock (operations) operations.Add(operation);
        return operation;
    }

    public Reader Reader(string name, Guid account, bool staff)
    {
        var reader = new Reader(name, account, staff);
        lock (readers) readers.Add(reader);
        return reader;
    }

    /// <summary>An answer that is neither yes, no nor "busy"; not a broken promise by itself, but worth a look.</summary>
    public void Odd(string what)
    {
        lock (oddities) oddities[what] = oddities.GetValueOrDefault(what) + 1;
    }

    /// <summary>A door that let somebody in who may not.</summary>
    public void LetIn(string what)
    {
        lock (wrongs) wrongs.Add(what);
    }

    public List<Operation> Operations
    {
        get
        {
            lock (operations) return [.. operations];
        }
    }

    public List<Reader> Readers
    {
        get
        {
            lock (readers) return [.. readers];
        }
    }

    public List<string> Wrongs
    {
        get
        {
            lock (wrongs) return [.. wrongs];
        }
    }

    public Dictionary<string, int> Oddities
    {
        get
        {
            lock (oddities) return new(oddities, StringComparer.Ordinal);
        }
    }
}
