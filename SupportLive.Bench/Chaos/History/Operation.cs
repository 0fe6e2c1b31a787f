using System.Globalization;

namespace SupportLive.Bench.Chaos.History;

internal enum Deed { Open, Message, Note, Accept, Close }

/// <summary>Unknown: the caller gave up without an answer, so it may have happened or not.</summary>
internal enum Ending { Pending, Ok, Fail, Unknown }

/// <summary>One thing that somebody wanted done, from the first attempt to the answer that settled it. Retries are the same operation.</summary>
internal sealed class Operation
{
    public required Deed Deed { get; init; }
    public required string Client { get; init; }
    public required Guid Account { get; init; }
    public required string ClientId { get; init; }
    public required long Invoked { get; init; }
    public Guid Ticket { get; set; }
    public string? Body { get; init; }
    public long Ended { get; set; }
    public Ending Ending { get; set; }
    public int Seq { get; set; }
    public Guid Entry { get; set; }
    public Guid? By { get; set; }
    public string? Code { get; set; }
    public int Attempts { get; set; }

    /// <summary>What the attempts before the last one met, for the reader of an offending history.</summary>
    public List<string> Met { get; } = [];

    public bool IsOk => Ending == Ending.Ok;

    public bool Writes => Deed is Deed.Message or Deed.Note;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Moment.Seconds(Invoked)}–{(Ended == 0 ? "…" : Moment.Seconds(Ended))} {Client} {Deed} ticket {Ticket:N} id {ClientId} → {Ending}{(Seq > 0 ? $" seq {Seq}" : "")}{(Code is null ? "" : $" {Code}")}, attempt {Attempts}{(Met.Count == 0 ? "" : $" after {string.Join(", ", Met.TakeLast(6))}")}");
}
