using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Web.Tickets;

/// <summary>The tickets that belong to a shown one. The law: old links and the events since make the fresh links.</summary>
public sealed class LinksState(Guid ticketId)
{
    private LinkView[] links = [];

    public IReadOnlyList<LinkView> Links => links;

    /// <summary>A link was made that is not known here yet: read them again, and <see cref="Load"/>.</summary>
    public bool IsBehind { get; private set; }

    public void Load(IReadOnlyList<LinkView> fresh) => (links, IsBehind) = ([.. fresh], false);

    public bool Apply(LiveEvent happened)
    {
        if (happened is not TicketChanged { Ticket: var ticket, Moved: var entry }) return false;
        if (ticket.Id == ticketId)
        {
            if (Sentences.OtherTicket(entry) is not { } number || Array.Exists(links, l => l.Number == number)) return false;
            return IsBehind = true;
        }

        var at = Array.FindIndex(links, l => l.Id == ticket.Id);
        if (at < 0 || (links[at].Status == ticket.Status && links[at].Subject == ticket.Subject)) return false;
        links = [.. links[..at], links[at] with { Status = ticket.Status, Subject = ticket.Subject }, .. links[(at + 1)..]];
        return true;
    }
}
