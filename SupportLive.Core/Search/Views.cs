using SupportLive.Core.Live;

namespace SupportLive.Core.Search;

/// <summary>One hit.</summary>
/// <param name="Seq">Where in the feed; of a ticket itself (its subject or description) the first.</param>
/// <param name="Kind"><c>ticket</c>, <c>message</c> or <c>note</c>.</param>
/// <param name="Snippet">HTML: the words around the hit, escaped, with the found ones inside <c>&lt;mark&gt;</c>. Nothing else of it is markup.</param>
public sealed record SearchHit(Guid TicketId, long Number, string Subject, Feed Feed, int Seq, string Kind, string Snippet, DateTimeOffset At);

/// <summary>Hits, newest first.</summary>
/// <param name="Corrected">What was searched instead, because nothing was found by what was typed.</param>
public sealed record SearchPage(IReadOnlyList<SearchHit> Items, string? NextCursor, string? Corrected = null);
