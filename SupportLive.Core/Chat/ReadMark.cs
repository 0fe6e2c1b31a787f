namespace SupportLive.Core.Chat;

/// <summary>How far one person has read one conversation's public feed. Only moves forward.</summary>
public sealed class ReadMark
{
    public required Guid TicketId { get; init; }

    public required Guid AccountId { get; init; }

    public int Seq { get; set; }

    public DateTimeOffset At { get; set; }
}
