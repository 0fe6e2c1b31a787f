using SupportLive.Core.Tickets;

namespace SupportLive.Tests.Reports;

/// <summary>What happened to one ticket, as somebody with pencil and paper would have written it down.</summary>
internal sealed class Past
{
    public required Guid Id { get; init; }
    public required long Number { get; init; }
    public required Guid Customer { get; init; }
    public required string Category { get; init; }
    public required TicketPriority Priority { get; init; }
    public required DateTimeOffset Opened { get; init; }
    public TicketStatus Status { get; set; } = TicketStatus.Open;
    public Guid? Assignee { get; set; }
    public Guid? RejectedBy { get; set; }
    public DateTimeOffset? Taken { get; set; }
    public DateTimeOffset? Answered { get; set; }
    public DateTimeOffset? Resolved { get; set; }
    public DateTimeOffset? Closed { get; set; }
    public DateTimeOffset? Rejected { get; set; }
    public int? Rating { get; set; }
    public List<(DateTimeOffset At, string Kind, Guid By)> Moves { get; } = [];

    public Guid? Holder => Assignee ?? RejectedBy;

    public DateTimeOffset? Ended => Closed ?? Rejected;

    public DateTimeOffset? Solved => Resolved ?? Ended;

    public DateTimeOffset? TakenUp => Status == TicketStatus.Open ? null : Taken ?? Solved;

    public bool Happened(string kind, DateTimeOffset from, DateTimeOffset to) => Moves.Exists(m => m.Kind == kind && m.At >= from && m.At < to);

    public (DateTimeOffset At, string Kind, Guid By)? LastSolving(DateTimeOffset from, DateTimeOffset to) =>
        Moves.FindLastIndex(m => m.Kind == "resolve" && m.At >= from && m.At < to) is >= 0 and var n ? Moves[n] : null;
}
