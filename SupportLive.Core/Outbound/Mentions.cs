namespace SupportLive.Core.Outbound;

/// <summary>
/// Who is mentioned in notes: "@" and the display name, in whatever case, with no letter or digit before the "@" or right behind the name. Where several
/// names stand at one place the longest counts, so "@Ann Lee" is not Ann; people of one name are all meant. Only who may read the note, and never its author.
/// </summary>
internal static class Mentions
{
    /// <summary>
    /// The beginning of a follower's statement: <c>mentioned</c> has each person of each fresh note once. A statement of its own, because planning it would cost
    /// every pass more than a millisecond, and few have a note. A name becomes a part of an expression only where the note has it as it is written, so that no
    /// expression grows with the staff. Disabled colleagues are recognised and not told: their name must not be cut down to somebody else's.
    /// </summary>
    public const string Found =
        """
        with staff as materialized (
            select a.id, lower(a.display_name) as name, regexp_replace(a.display_name, '[][\\^$.|?*+(){}-]', '\\\&', 'g') as pattern, a.disabled_at is null as here, bool_or(c.claim_value = 'chats.read.any') as every
            from account_roles ur
              join role_claims c on c.role_id = ur.role_id and c.claim_type = 'permission' and c.claim_value in ('tickets.read.any', 'chats.read.any')
              join accounts a on a.id = ur.user_id
            group by a.id having bool_or(c.claim_value = 'tickets.read.any')
        ), mentioned as materialized (
            select distinct s.id as account_id, w.ticket_id, w.feed, w.seq, w.at
            from (
                select ticket_id, feed, seq, author_id, at, body, lower(body) as small
                from timeline where tx >= $1 and tx < $2 and feed = 1 and kind = 'note' and strpos(body, '@') > 0
            ) w
              join tickets t on t.id = w.ticket_id
              cross join lateral (select string_agg(s.pattern, '|') as names from staff s where strpos(w.small, '@' || s.name) > 0) n
              cross join lateral regexp_matches(w.body, '(?<![[:alnum:]])@(' || n.names || ')(?![[:alnum:]])', 'gi') m
              join staff s on s.name = lower(m[1])
            where s.here and s.id is distinct from w.author_id and (s.every or s.id = t.assignee_id)
        )
        """;
}
