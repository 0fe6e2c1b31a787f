using System.Collections.Concurrent;
using SupportLive.Core.Chat;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>
/// Open desks show the same tickets: what one of them has read is used by the others instead of a copy each (170 kB a desk). Only equal
/// ones are exchanged, nothing is remembered beyond the pages that show it, and a row that has moved on is read as it is now.
/// </summary>
public sealed class SharedRows
{
    private readonly Shelf<TicketSnapshot> tickets = new(static (x, y) => x.Version == y.Version && x.Tags.AsSpan().SequenceEqual(y.Tags) && x == y with { Tags = x.Tags });
    private readonly Shelf<EntryView> entries = new(static (x, y) => x == y with { Data = x.Data, Attachments = x.Attachments }); // an entry's own never change

    public IReadOnlyList<ChatSnapshot> Of(IReadOnlyList<ChatSnapshot> read) =>
        [.. read.Select(r => r with { Ticket = tickets.Take(r.Ticket.Id, r.Ticket), LastMessage = r.LastMessage is { } m ? entries.Take(m.TicketId, m) : null })];

    private sealed class Shelf<T>(Func<T, T, bool> same) where T : class
    {
        private const int Sweep = 4096;

        private readonly ConcurrentDictionary<Guid, WeakReference<T>> known = new();
        private int sweepAt = Sweep;

        public T Take(Guid id, T fresh)
        {
            if (known.TryGetValue(id, out var reference) && reference.TryGetTarget(out var held) && same(held, fresh)) return held;
            known[id] = new WeakReference<T>(fresh);
            if (known.Count > sweepAt) Forget();
            return fresh;
        }

        private void Forget()
        {
            foreach (var (id, reference) in known)
            {
                if (!reference.TryGetTarget(out _)) known.TryRemove(id, out _);
            }

            sweepAt = Math.Max(Sweep, known.Count * 2);
        }
    }
}
