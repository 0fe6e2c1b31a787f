namespace SupportLive.Bench.Chaos.History;

/// <summary>An entry as it was read back at the end.</summary>
internal sealed record LogRow(Guid Ticket, bool Staff, int Seq, Guid Id, string Kind, Guid? Author, string? ClientId, string? Body, int? After)
{
    public override string ToString() => $"{(Staff ? "staff" : "public")} seq {Seq} {Kind} entry {Id:N} author {Author:N} id {ClientId}{(After is { } a ? $" after {a}" : "")}";
}

/// <summary>A ticket as one node shows it at the end, with both feeds.</summary>
internal sealed record LogTicket(Guid Id, string Subject, string Status, Guid? Assignee, int PublicSeq, int StaffSeq, IReadOnlyList<LogRow> Rows);
