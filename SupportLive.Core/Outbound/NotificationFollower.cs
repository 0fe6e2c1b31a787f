using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Outbound;

/// <summary>
/// Makes notifications from entries: at once after quiet, seldom in a storm. A bell that counts faster than people read would cost as much as
/// the chat itself. But not so seldom that a pass keeps the core from the chat for longer than anybody feels.
/// </summary>
public sealed class NotificationFollower(DatabaseAddress address, LogPulse pulse, NotificationQueries queries, Signals signals, OutageLog outages)
    : StretchFollower(address, pulse, outages, "notifications", Locks.Notifications, settle: TimeSpan.FromMilliseconds(100), pace: TimeSpan.FromSeconds(1))
{
    // Everyone concerned except who did it: the customer and the assignee of what happens to their ticket, all who work on tickets of a
    // new one, whoever loses one to a colleague of that. An edit tells the assignee what matters, and the customer only where the conversation goes on. Notes concern the assignee.
    // Messages gather in one unread notification per ticket. One statement from log to rows that groups before it joins, so that a
    // thousand messages cost one pass and no row travels. Of a storm of new tickets each pass tells the newest
    // twenty: every one of them is a row for everybody who works here, and they all stand in the queue. A null among the answers: there was a note.
    private const string Append =
        """
        with fresh as materialized (
            select ticket_id, feed, kind, author_id, min(seq) as first, max(seq) as seq, count(*) as count, max(at) as at,
              (array_agg(data) filter (where data is not null))[1] as data
            from timeline where tx >= $1 and tx < $2
            group by ticket_id, feed, kind, author_id, case when kind = 'message' then 0 else seq end
        ), may as (
            select distinct ur.user_id as account_id, c.claim_value as permission from account_roles ur
              join role_claims c on c.role_id = ur.role_id and c.claim_type = 'permission' and c.claim_value in ('tickets.work', 'overview.read')
              join accounts a on a.id = ur.user_id and a.disabled_at is null
        ), told as (
            select t.customer_id as account_id, f.*, m.seq as read
              from fresh f join tickets t on t.id = f.ticket_id left join read_marks m on m.ticket_id = t.id and m.account_id = t.customer_id
              where f.feed = 0 and f.kind <> 'ticket_created' and f.author_id is distinct from t.customer_id
                and (f.kind <> 'ticket_updated' or jsonb_exists(f.data, 'merged'))
            union all
            select t.assignee_id, f.*, m.seq
              from fresh f join tickets t on t.id = f.ticket_id left join read_marks m on m.ticket_id = t.id and m.account_id = t.assignee_id
              where t.assignee_id is not null and f.author_id is distinct from t.assignee_id and f.kind not in ('ticket_created', 'ticket_offered', 'ticket_declined', 'rule_fired')
                and (f.kind <> 'ticket_updated' or jsonb_exists_any(f.data, array['merged', 'followUp']) or jsonb_exists_any(f.data->'changes', array['subject', 'category', 'priority']))
            union all
            select w.account_id, f.*, 0 from (select * from fresh where kind = 'ticket_created' order by at desc, ticket_id limit 20) f
              join may w on w.permission = 'tickets.work'
              where w.account_id is distinct from f.author_id
            union all
            select (f.data->>'former')::uuid, f.*, 0 from fresh f
              where f.kind = 'ticket_assigned' and jsonb_exists(f.data, 'former') and f.author_id is distinct from (f.data->>'former')::uuid
            union all
            select t.assignee_id, f.*, 0 from fresh f join tickets t on t.id = f.ticket_id
              where f.kind = 'rule_fired' and t.assignee_id is not null and jsonb_exists(f.data->'notify', 'assignee')
            union all
            select w.account_id, f.*, 0 from fresh f join tickets t on t.id = f.ticket_id
              join may w on w.permission = 'overview.read'
              where f.kind = 'rule_fired' and jsonb_exists(f.data->'notify', 'managers')
                and (w.account_id is distinct from t.assignee_id or not jsonb_exists(f.data->'notify', 'assignee'))
        ), unread as (
            select account_id, ticket_id, feed, seq, kind, at, case
                when kind <> 'message' or read is null or read < first then count
                else (select count(*) from timeline e where e.ticket_id = told.ticket_id and e.feed = 0 and e.seq > read and e.seq <= told.seq and e.kind = 'message' and e.author_id = told.author_id)
              end as count
            from told where kind <> 'message' or read is null or read < seq
        ), made as (
            insert into notifications (id, account_id, ticket_id, feed, seq, kind, count, at)
            select gen_random_uuid(), account_id, ticket_id, feed, max(seq), kind, sum(count), max(at) from unread u
            where not exists (select from mail_preferences p where p.account_id = u.account_id and not p.in_app and p.event = case u.kind
                when 'message' then 'reply' when 'ticket_accepted' then 'accepted' when 'ticket_rejected' then 'rejected' when 'ticket_assigned' then 'assigned' when 'rule_fired' then 'escalation'
                when 'ticket_resolved' then 'status' when 'ticket_closed' then 'status' when 'ticket_reopened' then 'status' end)
            group by account_id, ticket_id, feed, kind, case when kind = 'message' then 0 else seq end
            on conflict (account_id, ticket_id) where kind = 'message' and read_at is null
              do update set seq = excluded.seq, count = notifications.count + excluded.count, at = excluded.at
            returning id
        )
        select id from made union all select null where exists (select from fresh where feed = 1 and kind = 'note')
        """;

    // Whoever is mentioned in a note is told of that, and then not of the note as the assignee; who does not want to hear of mentions is told as if there was none.
    private const string Mention =
        $"""
        {Mentions.Found}, wanted as materialized (
            select m.* from mentioned m where not exists (select from mail_preferences p where p.account_id = m.account_id and not p.in_app and p.event = 'mention')
        ), instead as (
            delete from notifications n using wanted m where n.account_id = m.account_id and n.at = m.at and n.ticket_id = m.ticket_id and n.feed = m.feed and n.seq = m.seq and n.kind = 'note'
        )
        insert into notifications (id, account_id, ticket_id, feed, seq, kind, count, at)
        select gen_random_uuid(), account_id, ticket_id, feed, seq, 'mention', 1, at from wanted
        returning id
        """;

    private readonly List<Guid> made = [];

    protected override async Task<int> Make(Stretch stretch, CancellationToken ct)
    {
        made.Clear();
        if (await Run(Append)) await Run(Mention);
        return made.Count;

        // Whether the stretch has a note.
        async Task<bool> Run(string statement)
        {
            var noted = false;
            await using var command = stretch.Command(statement);
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
            {
                if (row.IsDBNull(0)) noted = true;
                else made.Add(row.GetGuid(0));
            }

            return noted;
        }
    }

    protected override async Task Made(CancellationToken ct)
    {
        foreach (var raised in await queries.Raised(made, ct)) signals.Send(raised);
    }
}
