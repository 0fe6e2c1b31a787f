using Microsoft.EntityFrameworkCore;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Assignment;

/// <summary>The row locks of agents; see <see cref="TicketLock"/> for the order of locks.</summary>
internal static class AgentLock
{
    public const int IgnoredOffers = 3;

    /// <summary>For moves that people make; see <see cref="TakeAgent"/>.</summary>
    public static async Task<bool> Take(SupportDb db, Guid agentId, AgentDoes what, CancellationToken ct)
    {
        var works = what == AgentDoes.TakesWork;
        var status = await db.Database.SqlQuery<string?>(
            $"""
            insert into agents as a (account_id, given_at) values ({agentId}, case when {works} then statement_timestamp() end)
            on conflict (account_id) do update set ignored = 0, version = a.version + 1, given_at = coalesce(excluded.given_at, a.given_at)
            returning coalesce(status, '') as "Value"
            """).ToListAsync(ct);
        return status[0] == "away";
    }

    /// <summary>For automatic assignment: whether the agent is still as it was read.</summary>
    public static async Task<bool> StillAs(SupportDb db, AgentState agent, CancellationToken ct)
    {
        var version = await db.Database.SqlQuery<int>($"""select version as "Value" from agents where account_id = {agent.Id} for no key update""").ToListAsync(ct);
        return version.Count == 1 && version[0] == agent.Version;
    }

    public static Task Given(SupportDb db, Guid agentId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"update agents set given_at = statement_timestamp(), version = version + 1 where account_id = {agentId}", ct);

    /// <summary>
    /// Whether an offer stands that counts if this agent ignores it. Who has turned away for a moment misses all that is offered in it, and that is
    /// one occasion, not several. The log says of each offer what it was; few stand at a time.
    /// </summary>
    public static async Task<bool> IsAsked(SupportDb db, Guid agentId, CancellationToken ct)
    {
        var asked = await db.Database.SqlQuery<bool>(
            $"""
            select exists (select from tickets t where t.offered_to_id = {agentId} and (
              select e.data->>'beside' from timeline e where e.ticket_id = t.id and e.feed = 1 and e.kind = {Wire.TicketOffered} order by e.seq desc limit 1) is distinct from 'true') as "Value"
            """).ToListAsync(ct);
        return asked[0];
    }

    /// <summary>Whether the last offer of this ticket was made beside another one, so that ignoring it does not count.</summary>
    public static async Task<bool> WasBeside(SupportDb db, Guid ticketId, CancellationToken ct)
    {
        var beside = await db.Database.SqlQuery<string?>(
            $"""select data->>'beside' as "Value" from timeline where ticket_id = {ticketId} and feed = 1 and kind = {Wire.TicketOffered} order by seq desc limit 1""").ToListAsync(ct);
        return beside is ["true"];
    }

    /// <summary>Counts an ignored offer; the third in a row sets the agent away, and answers true.</summary>
    public static async Task<bool> Ignored(SupportDb db, Guid agentId, CancellationToken ct)
    {
        var ignored = await db.Database.SqlQuery<int>(
            $"""
            update agents set ignored = ignored + 1, version = version + 1,
              status = case when ignored + 1 >= {IgnoredOffers} then 'away' else status end,
              reason = case when ignored + 1 >= {IgnoredOffers} then 'ignored_offers' else reason end,
              chosen_at = case when ignored + 1 = {IgnoredOffers} then statement_timestamp() else chosen_at end
            where account_id = {agentId} returning ignored as "Value"
            """).ToListAsync(ct);
        return ignored is [>= IgnoredOffers];
    }
}
