namespace SupportLive.Core.Live;

/// <summary>How far a ticket's feeds have come; sent as a heartbeat to whoever has joined, so that a lost last event is noticed too.</summary>
public sealed record Heads(Guid TicketId, int PublicSeq, int StaffSeq) : LiveEvent(Wire.Heads)
{
    public string? Epoch { get; init; }

    public override IEnumerable<Topic> Topics => [];
}
