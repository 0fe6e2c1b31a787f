using Npgsql;
using SupportLive.Core.Accounts;

namespace SupportLive.Core.Search;

/// <summary>
/// What somebody meant who typed a word that nobody has written. Staff are helped by all words of the desk; a customer only by those of the own
/// entries, so that a correction tells nothing of anybody else.
/// </summary>
public sealed class Spelling(NpgsqlDataSource data)
{
    private const string AllWords = "select word, entries::bigint from search_words where word % $1 order by similarity(word, $1) desc limit 60";

    private const string OwnWords =
        """
        select word, count(*) from (select words from search_entries where customer_id = $2 order by at desc, id desc limit 500) e, unnest(tsvector_to_array(words)) word
        where word % $1 group by word order by similarity(word, $1) desc limit 60
        """;

    /// <summary>The text with its unknown words replaced by the nearest known ones; null when there is nothing to replace, or PostgreSQL has no trigrams.</summary>
    internal async Task<SearchText?> Correct(Actor actor, SearchText text, CancellationToken ct)
    {
        if (actor.IsStaff && !actor.ReadsEveryChat) return null; // the words of all include those of notes
        var (corrected, changed) = (text, false);
        try
        {
            foreach (var word in text.Words.Reverse()) // from the end, so that the places before stay true
            {
                if (await Nearest(actor, word.Value.ToLowerInvariant(), ct) is not { } other) continue;
                (corrected, changed) = (corrected.With(word, other), true);
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedFunction)
        {
            return null; // the follower has said so at start
        }

        return changed ? corrected : null;
    }

    private async Task<string?> Nearest(Actor actor, string word, CancellationToken ct)
    {
        await using var command = data.CreateCommand(actor.IsStaff ? AllWords : OwnWords);
        command.Parameters.Add(new() { Value = word });
        if (!actor.IsStaff) command.Parameters.Add(new() { Value = actor.Id });
        var near = new List<(string Word, int Distance, long Entries)>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) near.Add((row.GetString(0), Distance(word, row.GetString(0)), row.GetInt64(1)));
        if (near.Exists(n => n.Distance == 0)) return null;
        var allowed = word.Length <= 5 ? 1 : 2;
        return near.Where(n => n.Distance <= allowed).OrderBy(n => n.Distance).ThenByDescending(n => n.Entries).Select(n => n.Word).FirstOrDefault();
    }

    // How many letters were missed, added, mistaken or swapped with their neighbour.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var other = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + other);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
