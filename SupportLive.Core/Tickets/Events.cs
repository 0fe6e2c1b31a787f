using System.Collections.Concurrent;
using System.Text.Json;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;

namespace SupportLive.Core.Tickets;

/// <summary>A ticket moved. Receivers get it as they may see it, and the log entry.</summary>
public sealed record TicketChanged(TicketSnapshot Ticket, EntryView Moved) : LiveEvent(Moved.Kind)
{
    private readonly ConcurrentDictionary<string, byte[]> payloads = new(StringComparer.Ordinal);

    public override IEnumerable<Topic> Topics => Moved.Feed == Feed.Staff
        ? [Topic.Staff, Topic.TicketStaff(Ticket.Id)]
        : [Topic.Staff, Topic.Customer(Ticket.Customer.Id), Topic.Ticket(Ticket.Id)];

    /// <summary>The ticket's next target; staff only.</summary>
    public DueView? Due { get; init; }

    public override EntryView Entry => Moved;

    // What a person may see of a ticket depends on the role and on being its customer or assignee: serialise once for each such view.
    public override byte[] Payload(Actor receiver)
    {
        var view = Ticket.For(receiver, Moved.At, due: Due);
        var key = $"{receiver.IsStaff}{view.StaffSeq is not null}{view.CanWrite}:{string.Join(',', view.Moves)}";
        return payloads.GetOrAdd(key, static (_, of) => JsonSerializer.SerializeToUtf8Bytes(new { ticket = of.view, entry = of.entry }, Wire.Json), (view, entry: Moved.For(receiver)));
    }
}
