using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// That somebody is to be told of something by e-mail, once: the key names event, recipient and kind. It is rendered when it is sent, from the log
/// and the templates; what was sent is kept for a while, so that <c>/admin/outbox</c> can show it.
/// </summary>
public sealed class OutboxMail
{
    public required Guid Id { get; init; }

    public required string Key { get; init; }

    /// <summary>Null for an address of a rule.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Where it went or is to go; an account's is looked up when it is sent.</summary>
    public string? Address { get; set; }

    /// <summary>Out of <see cref="MailKinds"/>.</summary>
    public required string Kind { get; init; }

    public Guid? TicketId { get; init; }

    public Feed? Feed { get; init; }

    /// <summary>The entry that it tells of; of messages the first.</summary>
    public int? Seq { get; init; }

    /// <summary>The last message that it tells of. Fixed with the first attempt, so that an attempt whose answer was lost can be repeated word for word.</summary>
    public int? SeqTo { get; set; }

    /// <summary>What the log does not say, as JSON. Never a secret: links with one are made when they are sent.</summary>
    public string? Data { get; init; }

    public MailStatus Status { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset NextAt { get; set; }

    /// <summary>From then on it has failed if it was not taken.</summary>
    public required DateTimeOffset GiveUpAt { get; set; }

    /// <summary>Some node is sending it; by the database's clock, because nodes' clocks differ.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>What the other server, or this one, said last.</summary>
    public string? LastAnswer { get; set; }

    /// <summary>The same for every attempt, so that who gets it twice can tell.</summary>
    public string? MessageId { get; set; }

    public string? Subject { get; set; }

    public string? Text { get; set; }

    public string? Html { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SentAt { get; set; }
}

/// <summary>Kept: no server is set, so it stands in the inbox of <c>/admin/outbox</c> alone. Suppressed: the address does not exist, as its server has said.</summary>
public enum MailStatus { Waiting, Sent, Failed, Suppressed, Kept }

/// <summary>An address that its server has called unknown. Nothing is sent there until somebody says "send again".</summary>
public sealed class SuppressedAddress
{
    /// <summary>In lower case.</summary>
    public required string Address { get; init; }

    public required string Answer { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What somebody has chosen for one event; without a row both are on.</summary>
public sealed class MailPreference
{
    public required Guid AccountId { get; init; }

    /// <summary>Out of <see cref="MailEvents"/>.</summary>
    public required string Event { get; init; }

    public bool Mail { get; set; }

    public bool InApp { get; set; }
}

/// <summary>By which address one person answers one ticket. Whoever knows it still has to write from that person's address.</summary>
public sealed class ReplyAddress
{
    public required string Token { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid TicketId { get; init; }
}

/// <summary>A mail that came in, and what became of it.</summary>
public sealed class InboundMail
{
    public required Guid Id { get; init; }

    public required string MessageId { get; init; }

    public string? Sender { get; init; }

    public string? Subject { get; init; }

    public Guid? TicketId { get; init; }

    /// <summary>Null: it has become a message.</summary>
    public string? Refused { get; init; }

    public required DateTimeOffset At { get; init; }
}
