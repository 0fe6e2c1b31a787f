using System.Text.Json;
using SupportLive.Bench.Chaos.History;

namespace SupportLive.Bench.Chaos.Crowd;

/// <summary>
/// What a client has been shown and up to where. Pushes that come while a join or resume of their ticket is being asked for wait for
/// the answer, and those that the answer has shown already are dropped: all else is written down as it came, for the judge.
/// </summary>
internal sealed class Seen(Reader reader)
{
    private readonly Dictionary<Guid, (int Public, int Staff)> places = [];
    private readonly Dictionary<Guid, List<Sight>> asking = [];
    private readonly HashSet<Guid> asked = [];
    private int connection;

    public void Add(Guid ticket)
    {
        lock (places) places.TryAdd(ticket, (0, 0));
    }

    public void Remove(Guid ticket)
    {
        lock (places)
        {
            places.Remove(ticket);
            asking.Remove(ticket);
        }
    }

    public IReadOnlyList<Guid> All()
    {
        lock (places) return [.. places.Keys];
    }

    /// <summary>Joined by the owner of this list, and not yet asked for on this connection.</summary>
    public IReadOnlyList<Guid> Unasked()
    {
        lock (places) return [.. places.Keys.Except(asked)];
    }

    public object Place(Guid ticket)
    {
        lock (places) return new { ticketId = ticket, after = places[ticket].Public, staffAfter = reader.IsStaff ? places[ticket].Staff : (int?)null };
    }

    public bool IsWhole(Guid ticket, int publicSeq, int staffSeq)
    {
        lock (places) return !places.TryGetValue(ticket, out var at) || (at.Public >= publicSeq && (!reader.IsStaff || at.Staff >= staffSeq));
    }

    public void Connected(int number)
    {
        lock (places)
        {
            connection = number;
            asking.Clear();
            asked.Clear();
        }
    }

    public void Ask(IEnumerable<Guid> tickets)
    {
        lock (places)
        {
            foreach (var ticket in tickets)
            {
                asking.TryAdd(ticket, []);
                asked.Add(ticket);
            }
        }
    }

    /// <summary>True when there is more to ask for.</summary>
    public bool Answered(Guid ticket, JsonElement conversation)
    {
        lock (places)
        {
            foreach (var entry in conversation.GetProperty("entries").EnumerateArray()) Show(Sight(entry, Via.Answered, ""), mayKnow: true);
            if (conversation.GetProperty("more").GetBoolean()) return true;
            if (!asking.Remove(ticket, out var waiting)) return false;
            foreach (var sight in waiting) Show(sight, mayKnow: true);
            return false;
        }
    }

    public void Pushed(string kind, JsonElement payload)
    {
        lock (places)
        {
            var entry = payload.TryGetProperty("entry", out var e) ? e : payload;
            var sight = Sight(entry, Via.Pushed, kind);
            if (sight.Seq > 0 && asking.TryGetValue(sight.Ticket, out var waiting)) waiting.Add(sight);
            else Show(sight, mayKnow: false);
            // A customer's copy of a ticket must not even count the notes.
            if (payload.TryGetProperty("ticket", out var ticket) && ticket.TryGetProperty("staffSeq", out _) && !reader.IsStaff) reader.See(sight with { Staff = true, Kind = "staffSeq" });
        }
    }

    private Sight Sight(JsonElement entry, Via via, string kind)
    {
        var ticket = entry.TryGetProperty("ticketId", out var t) && t.ValueKind == JsonValueKind.String ? t.GetGuid() : Guid.Empty;
        var isEntry = entry.TryGetProperty("feed", out var feed);
        return new(Moment.Now, connection, via, ticket, isEntry && feed.GetString() == "staff", isEntry ? entry.GetProperty("seq").GetInt32() : 0,
            isEntry ? entry.GetProperty("id").GetGuid() : Guid.Empty, isEntry ? entry.GetProperty("kind").GetString()! : kind, places.ContainsKey(ticket) && asked.Contains(ticket));
    }

    private void Show(Sight sight, bool mayKnow)
    {
        if (sight is { Joined: true, Seq: > 0 } && places.TryGetValue(sight.Ticket, out var at))
        {
            if (mayKnow && sight.Seq <= (sight.Staff ? at.Staff : at.Public)) return;
            places[sight.Ticket] = sight.Staff ? at with { Staff = Math.Max(at.Staff, sight.Seq) } : at with { Public = Math.Max(at.Public, sight.Seq) };
        }

        reader.See(sight);
    }
}
