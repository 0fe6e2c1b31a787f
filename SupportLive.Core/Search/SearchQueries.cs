using Npgsql;
using NpgsqlTypes;
using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Search;

/// <summary>
/// Finds tickets, messages and, for staff, notes; newest first, always under the reader's rights. What was written a moment ago is found a
/// moment later (<see cref="SearchFollower"/>).
/// </summary>
/// <remarks>
/// First it looks through the newest entries in their order, which finds common words at once; only if those do not fill the page does it ask the
/// index of words, which by then has few hits to bring. A customer's search only ever walks that customer's own entries: others' and notes are not
/// filtered out, they are not met, so neither hits nor counts nor times speak of them.
/// </remarks>
public sealed class SearchQueries(NpgsqlDataSource data, TicketQueries tickets, Spelling spelling)
{
    public const int MostHits = 50;

    /// <summary>A customer's search looks at so many of the own entries, newest first.</summary>
    private const int Own = 20_000;

    private const int Newest = 5_000;

    /// <summary>Refused as invalid: nothing or more than 200 characters typed, only words that should not be there, a broken cursor, a limit outside 1–50.</summary>
    public async Task<Outcome<SearchPage>> Search(Actor actor, string? typed, int limit, string? cursor, CancellationToken ct)
    {
        if (limit is < 1 or > MostHits) return Refusal.Invalid("limit", $"The limit is a number from 1 to {MostHits}.");
        var after = string.IsNullOrEmpty(cursor) ? SearchCursor.Top : SearchCursor.Parse(cursor);
        if (after is not { } start) return Refusal.Invalid("cursor", "This cursor does not belong to this list; start again without it.");
        var text = SearchText.Of(typed);
        if (!text.Ok) return text.Refusal;
        if (!text.Value.HasWords) return new SearchPage([], null);
        if (!start.Corrected)
        {
            var page = await Page(actor, text.Value, start, limit, ct);
            if (page.Items.Count > 0 || start != SearchCursor.Top) return page;
        }

        if (await spelling.Correct(actor, text.Value, ct) is not { } other) return new SearchPage([], null);
        var corrected = await Page(actor, other, start with { Corrected = true }, limit, ct);
        return corrected.Items.Count == 0 ? corrected : corrected with { Corrected = other.Text };
    }

    private async Task<SearchPage> Page(Actor actor, SearchText text, SearchCursor start, int limit, CancellationToken ct)
    {
        var numbered = start == SearchCursor.Top && text.Number is { } number ? (await tickets.Find(actor, number, ct)).Value : null;
        var query = await Query(text, ct);
        var found = query.Length == 0 ? [] : await Find(actor, query, start, limit + 1, ct);
        found.RemoveAll(h => h.Ticket == numbered?.Id && h is { Feed: Feed.Public, Seq: 1 });
        var room = limit - (numbered is null ? 0 : 1);
        var shown = found.Take(room).ToList();
        var last = shown.Count > 0 ? new SearchCursor(shown[^1].At, shown[^1].Id, start.Corrected) : start;
        var next = found.Count > room ? last.ToString() : null;
        if (numbered is not null) shown.Insert(0, new Place(0, numbered.Id, Feed.Public, 1, numbered.CreatedAt));
        return new SearchPage(await Hits(shown, query, ct), next);
    }

    // "websearch" reads quotes, minus and "or" as people mean them and never fails; the word being typed may go on. Each word costs a look through all
    // that have it, so none is asked for twice where the stemmed reading is the one that was written.
    private async Task<string> Query(SearchText text, CancellationToken ct)
    {
        await using var command = data.CreateCommand(text.Typing is null
            ? "select (case when e = s then e else e || s end)::text from (select websearch_to_tsquery('english', $1) as e, websearch_to_tsquery('simple', $1) as s) q"
            : """
              select (case when e = s then e && last else (e && last) || (s && starts) end)::text
              from (select websearch_to_tsquery('english', $1) as e, websearch_to_tsquery('simple', $1) as s, to_tsquery('simple', $2 || ':*') as starts, websearch_to_tsquery('english', $2) as stem) q
              cross join lateral (select case when stem = websearch_to_tsquery('simple', $2) then starts else stem || starts end as last) l
              """);
        command.Parameters.Add(new() { Value = text.Typing is { } typing ? typing.Before : text.Text });
        if (text.Typing is { Last: var last }) command.Parameters.Add(new() { Value = last });
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<List<Place>> Find(Actor actor, string query, SearchCursor start, int count, CancellationToken ct)
    {
        var rights = !actor.IsStaff ? "customer_id = $5"
            : actor.ReadsEveryChat ? "$5::uuid is not null"
            : "((feed = 0 and seq = 1) or ticket_id in (select id from tickets where assignee_id = $5))"; // may see every ticket, but read only the own conversations
        const string order = "order by at desc, id desc limit";
        var walked = await Read($"select id, ticket_id, feed, seq, at from (select * from search_entries where (at, id) < ($2, $3) and {rights} {order} {(actor.IsStaff ? Newest : Own)}) e where words @@ (select $1::tsquery) {order} $4");
        if (!actor.IsStaff || walked.Count == count) return walked;
        return await Read($"with e as materialized (select id, ticket_id, feed, seq, at from search_entries where words @@ (select $1::tsquery) and (at, id) < ($2, $3) and {rights}) select * from e {order} $4");

        async Task<List<Place>> Read(string sql)
        {
            await using var command = data.CreateCommand(sql);
            command.Parameters.Add(new() { Value = query });
            command.Parameters.Add(new() { Value = start.At, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            foreach (var value in (object[])[start.Id, count, actor.Id]) command.Parameters.Add(new() { Value = value });
            await using var row = await command.ExecuteReaderAsync(ct);
            var places = new List<Place>();
            while (await row.ReadAsync(ct)) places.Add(new Place(row.GetInt64(0), row.GetGuid(1), (Feed)row.GetInt16(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4)));
            return places;
        }
    }

    private async Task<IReadOnlyList<SearchHit>> Hits(IReadOnlyList<Place> places, string query, CancellationToken ct)
    {
        if (places.Count == 0) return [];
        // The marks are characters that no stored text has. Words found as they were written have no mark in the stemmed reading, so both are tried.
        await using var command = data.CreateCommand(
            """
            select t.number, t.subject, coalesce(e.kind, ''), case when position(chr(2) in s.stemmed) > 0 then s.stemmed else ts_headline('simple', x.text, q, $5) end
            from unnest($1::uuid[], $2::smallint[], $3::int[]) with ordinality h(ticket_id, feed, seq, n)
            cross join (select $4::tsquery as q) query
            join tickets t on t.id = h.ticket_id
            left join timeline e on e.ticket_id = h.ticket_id and e.feed = h.feed and e.seq = h.seq
            cross join lateral (select case when e.kind in ('message', 'note') then e.body else t.description end as text) x
            cross join lateral (select ts_headline('english', x.text, q, $5) as stemmed) s
            order by h.n
            """);
        command.Parameters.Add(new() { Value = places.Select(p => p.Ticket).ToArray() });
        command.Parameters.Add(new() { Value = places.Select(p => (short)p.Feed).ToArray() });
        command.Parameters.Add(new() { Value = places.Select(p => p.Seq).ToArray() });
        command.Parameters.Add(new() { Value = query });
        command.Parameters.Add(new() { Value = Snippet.Options });
        await using var row = await command.ExecuteReaderAsync(ct);
        var hits = new List<SearchHit>();
        foreach (var place in places)
        {
            if (!await row.ReadAsync(ct)) break;
            var kind = row.GetString(2) switch { Wire.Message => Wire.Message, Wire.Note => Wire.Note, _ => "ticket" };
            hits.Add(new SearchHit(place.Ticket, row.GetInt64(0), row.GetString(1), place.Feed, place.Seq, kind, Snippet.Html(row.GetString(3)), place.At));
        }

        return hits;
    }

    private readonly record struct Place(long Id, Guid Ticket, Feed Feed, int Seq, DateTimeOffset At);
}
