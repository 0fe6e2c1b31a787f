using NpgsqlTypes;
using SupportLive.Core.Live;

namespace SupportLive.Core.Search;

/// <summary>
/// What can be found: one row per message and note, and one per ticket (its subject and description, under the place of its first entry).
/// Made from the log a moment later, never by who writes; can be thrown away and made again.
/// </summary>
public sealed class SearchEntry
{
    public long Id { get; init; }

    public required Guid TicketId { get; init; }

    public required Feed Feed { get; init; }

    public required int Seq { get; init; }

    /// <summary>The customer who may find it; nobody for what is not for customers.</summary>
    public Guid? CustomerId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Its words, stemmed and as they were written.</summary>
    public required NpgsqlTsVector Words { get; init; }
}

/// <summary>A word that somebody has used; for finding what a misspelled one meant.</summary>
public sealed class SearchWord
{
    public required string Word { get; init; }

    /// <summary>In about how many entries, counted up to a thousand.</summary>
    public int Entries { get; set; }
}
