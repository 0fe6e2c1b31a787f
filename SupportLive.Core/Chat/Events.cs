using SupportLive.Core.Accounts;
using SupportLive.Core.Live;

namespace SupportLive.Core.Chat;

/// <summary>Somebody is writing right now. Passing: not stored, at most one every three seconds per person and ticket.</summary>
public sealed record Typing(Guid TicketId, PersonView Account) : LiveEvent(Wire.Typing)
{
    public override IEnumerable<Topic> Topics => [Topic.Ticket(TicketId)];
}

/// <summary>Somebody has read a conversation up to a seq.</summary>
public sealed record ReadMoved(Guid TicketId, Guid AccountId, int Seq) : LiveEvent(Wire.Read)
{
    public override IEnumerable<Topic> Topics => [Topic.Ticket(TicketId), Topic.Account(AccountId)];
}
