using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Chat;

/// <summary>What somebody wants to say.</summary>
/// <param name="ClientId">1–100 characters, chosen by the client, unique per ticket and author: a retry with it has one effect.</param>
/// <param name="Body">1–8,000 characters.</param>
/// <param name="Internal">True for a note, which only staff see.</param>
public sealed record NewMessage(Guid TicketId, string? ClientId, string? Body, bool Internal = false)
{
    public Refusal? Check() => new Check().Text("clientId", "The client id", ClientId, 1, 100).Text("body", "The message", Body, 1, 8_000).Refusal;
}

/// <summary>Stored, with its place in the feed. Leaves only after the commit.</summary>
/// <param name="Duplicate">The client id was known: this is the answer it got the first time.</param>
public sealed record Ack(Guid Id, int Seq, Feed Feed, DateTimeOffset At, bool Duplicate);
