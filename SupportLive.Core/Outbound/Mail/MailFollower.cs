using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// Writes down from the log who is to get a mail; each row's key names its event, so no entry makes a second one. Seldom: a mail is slow anyway.
/// </summary>
public sealed class MailFollower(DatabaseAddress address, LogPulse pulse, MailOptions options, MailCall call, OutageLog outages)
    : StretchFollower(address, pulse, outages, "mail", Locks.Mail, settle: TimeSpan.FromMilliseconds(300), pace: TimeSpan.FromSeconds(5))
{
    // One statement from log to rows, which groups before it joins. Messages make one row per reader and ticket: as long as nobody
    // can have got it, later ones belong to it, and nothing is written. An attempt says how far it goes, until it is refused; what comes meanwhile begins a new row.
    // The row that takes more in is locked, so that no attempt that has not seen them says so at the same time.
    // $3: how long messages wait for their reader; $4: after how long a mail has failed.
    private const string Append =
        """
        with fresh as materialized (
            select ticket_id, feed, kind, author_id, min(seq) as seq, max(seq) as last, max(at) as at, (array_agg(data) filter (where data is not null))[1] as data
            from timeline
            where tx >= $1 and tx < $2 and kind in ('message', 'note', 'ticket_created', 'ticket_accepted', 'ticket_rejected', 'ticket_assigned', 'ticket_resolved', 'ticket_closed', 'ticket_reopened', 'ticket_declined', 'rule_fired')
            group by ticket_id, feed, kind, author_id, case when kind = 'message' then 0 else seq end
        ), wanted as (
            select t.customer_id as account_id, null as address, f.ticket_id, f.feed, f.seq, f.last, f.at, case f.kind
                when 'message' then 'reply' when 'ticket_created' then 'received' when 'ticket_rejected' then 'rejected' when 'ticket_resolved' then 'resolved'
                when 'ticket_closed' then 'closed' when 'ticket_reopened' then 'reopened' else 'accepted' end as mail
              from fresh f join tickets t on t.id = f.ticket_id
              where f.feed = 0 and (f.kind = 'ticket_created' or f.author_id is distinct from t.customer_id) and f.kind <> 'rule_fired'
                and (f.kind <> 'ticket_assigned' or not jsonb_exists(f.data, 'former'))
            union all
            select t.assignee_id, null, f.ticket_id, f.feed, f.seq, f.last, f.at, 'reply'
              from fresh f join tickets t on t.id = f.ticket_id
              where f.kind = 'message' and t.assignee_id is not null and t.assignee_id <> t.customer_id and f.author_id is distinct from t.assignee_id
            union all
            select (f.data->'assignee'->>'id')::uuid, null, f.ticket_id, f.feed, f.seq, f.last, f.at, 'assigned'
              from fresh f where f.kind = 'ticket_assigned' and f.author_id is distinct from (f.data->'assignee'->>'id')::uuid
            union all
            select (f.data->'agent'->>'id')::uuid, null, f.ticket_id, f.feed, f.seq, f.last, f.at, 'offer_missed'
              from fresh f where f.kind = 'ticket_declined' and f.author_id is null and not jsonb_exists(f.data, 'withdrawn')
            union all
            select t.assignee_id, null, f.ticket_id, f.feed, f.seq, f.last, f.at, 'escalation'
              from fresh f join tickets t on t.id = f.ticket_id where f.kind = 'rule_fired' and jsonb_exists(f.data->'email', 'assignee')
            union all
            select t.customer_id, null, f.ticket_id, f.feed, f.seq, f.last, f.at, 'escalated'
              from fresh f join tickets t on t.id = f.ticket_id where f.kind = 'rule_fired' and jsonb_exists(f.data->'email', 'customer')
            union all
            select ur.user_id, null, f.ticket_id, f.feed, f.seq, f.last, f.at, 'escalation'
              from fresh f join (select distinct ur.user_id from account_roles ur join role_claims c on c.role_id = ur.role_id and c.claim_type = 'permission' and c.claim_value = 'overview.read') ur on true
              where f.kind = 'rule_fired' and jsonb_exists(f.data->'email', 'managers')
            union all
            select null, lower(e.address), f.ticket_id, f.feed, f.seq, f.last, f.at, 'escalation'
              from fresh f cross join lateral jsonb_array_elements_text(f.data->'email') e(address)
              where f.kind = 'rule_fired' and e.address not in ('assignee', 'customer', 'managers')
        ), told as (
            select account_id, address, ticket_id, feed, mail, min(seq) as seq, max(last) as last, min(at) as at from wanted
            group by account_id, address, ticket_id, feed, mail, case when mail = 'reply' then 0 else seq end
        ), waits as materialized (
            select o.account_id, o.ticket_id, o.seq from told w join outbox o on o.kind = 'reply' and o.account_id = w.account_id and o.ticket_id = w.ticket_id and o.status = 'waiting' and o.seq_to is null
            where w.mail = 'reply' for no key update of o
        ), made as (
            insert into outbox (id, key, account_id, address, kind, ticket_id, feed, seq, next_at, give_up_at, created_at)
            select gen_random_uuid(), concat_ws('/', w.ticket_id, w.feed, w.seq, coalesce(w.account_id::text, w.address), w.mail), w.account_id, w.address, w.mail, w.ticket_id, w.feed, w.seq,
              case when w.mail = 'reply' then w.at + $3 else w.at end, w.at + $4, w.at
            from told w left join accounts a on a.id = w.account_id
              left join mail_preferences p on p.account_id = w.account_id and p.event = case when w.mail in ('resolved', 'closed', 'reopened', 'escalated') then 'status' else w.mail end
            where (w.address is not null or (a.disabled_at is null and a.email is not null and coalesce(p.mail, true)))
              and (w.mail <> 'reply' or (
                not exists (select from waits o where o.account_id = w.account_id and o.ticket_id = w.ticket_id and not exists (
                  select from outbox n where n.kind = 'reply' and n.account_id = o.account_id and n.ticket_id = o.ticket_id and n.seq > o.seq))
                and not exists (select from read_marks m where m.ticket_id = w.ticket_id and m.account_id = w.account_id and m.seq >= w.last)))
            on conflict (key) do nothing
            returning 1
        )
        select (select count(*) from made), exists (select from fresh where feed = 1 and kind = 'note')
        """;

    // Whoever is mentioned gets the note at once, read or not. $3: after how long a mail has failed.
    private const string Mention =
        $"""
        {Mentions.Found}
        insert into outbox (id, key, account_id, kind, ticket_id, feed, seq, next_at, give_up_at, created_at)
        select gen_random_uuid(), concat_ws('/', m.ticket_id, m.feed, m.seq, m.account_id, 'mention'), m.account_id, 'mention', m.ticket_id, m.feed, m.seq, m.at, m.at + $3, m.at
        from mentioned m join accounts a on a.id = m.account_id and a.email is not null
        where not exists (select from mail_preferences p where p.account_id = m.account_id and p.event = 'mention' and not p.mail)
        on conflict (key) do nothing
        """;

    protected override async Task<int> Make(Stretch stretch, CancellationToken ct)
    {
        int made;
        bool noted;
        var (away, giveUp) = (TimeSpan.FromMinutes(options.AwayMinutes), TimeSpan.FromHours(options.GiveUpHours));
        await using (var command = stretch.Command(Append, away, giveUp))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            await row.ReadAsync(ct);
            (made, noted) = ((int)row.GetInt64(0), row.GetBoolean(1));
        }

        if (!noted) return made;
        await using var mention = stretch.Command(Mention, giveUp);
        return made + await mention.ExecuteNonQueryAsync(ct);
    }

    protected override Task Made(CancellationToken ct)
    {
        call.Wake();
        return Task.CompletedTask;
    }
}
