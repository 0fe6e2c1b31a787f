using SupportLive.Core.Live;

namespace SupportLive.Core.Tickets;

/// <summary>Keeps a shown ticket as the database has it, from events that may come in another order than they happened.</summary>
public static class TicketSnapshots
{
    /// <summary>The ticket behind a message or note; what it has seen already changes nothing.</summary>
    public static TicketSnapshot After(this TicketSnapshot ticket, EntryView entry)
    {
        if (entry.Kind == Wire.Note) return ticket with { StaffSeq = Math.Max(ticket.StaffSeq, entry.Seq) };
        if (entry.Kind != Wire.Message || entry.Seq <= ticket.PublicSeq) return ticket;
        var asked = entry.Author?.Id == ticket.Customer.Id;
        return ticket with
        {
            PublicSeq = entry.Seq,
            LastMessageAt = entry.At,
            WaitingSince = asked ? ticket.WaitingSince ?? entry.At : null,
            FirstResponseAt = asked ? ticket.FirstResponseAt : ticket.FirstResponseAt ?? entry.At,
        };
    }

    /// <summary>The newer of two, by version; what messages change is taken from whichever has seen more of them.</summary>
    public static TicketSnapshot Newer(this TicketSnapshot known, TicketSnapshot other)
    {
        var (newer, offer) = (NewerTicket(known, other), known.OfferSeq > other.OfferSeq ? known : other); // offers move no version
        return newer with { Offer = offer.Offer, OfferSeq = offer.OfferSeq };
    }

    private static TicketSnapshot NewerTicket(TicketSnapshot known, TicketSnapshot other)
    {
        if (other.Version < known.Version) return known;
        if (other.PublicSeq >= known.PublicSeq) return other with { StaffSeq = Math.Max(known.StaffSeq, other.StaffSeq) };
        return other with
        {
            PublicSeq = known.PublicSeq,
            StaffSeq = Math.Max(known.StaffSeq, other.StaffSeq),
            LastMessageAt = known.LastMessageAt,
            FirstResponseAt = known.FirstResponseAt,
            WaitingSince = other.Status is TicketStatus.Open or TicketStatus.InProgress ? known.WaitingSince : other.WaitingSince,
        };
    }
}
