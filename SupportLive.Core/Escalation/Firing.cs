using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;
using SupportLive.Core.Tickets;

namespace SupportLive.Core.Escalation;

/// <summary>
/// What happens when a deadline passes. Everything a rule does, and that it has done it, is one transaction under the ticket's lock, where
/// the condition is looked at again: so a rule fires once for a wait, whichever node dies when, and not for a customer who was answered just now.
/// </summary>
public sealed class Firing(TicketLock tickets, TicketQueries queries, Successors successors, IDbContextFactory<SupportDb> dbs, ILogger<Firing> log)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    /// <summary>False when the rule is not the known one any more, so that the rules are to be read again.</summary>
    public async Task<bool> Fire(Watch watch, Guid ticketId, DateTimeOffset now, CancellationToken ct)
    {
        var known = true;
        try
        {
            var categories = await queries.Categories(ct);
            await successors.Move(watch.Rule, ticketId, async (ticket, found, db) =>
            {
                if (Looks.Judge(watch, TicketFacts.Of(ticket), null, now).FireFor is not { } anchor) return new Done();
                known = await Claim(db, watch, ticketId, anchor, now, ct);
                if (known) Do(watch, ticket, found, categories, now);
                return new Done();
            }, ct);
        }
        catch (Exception e) when (!Outage.Is(e) && !ct.IsCancellationRequested)
        {
            // A bug that one ticket brings out must not hold up all others.
            log.LogError(e, "Rule {Rule} failed for ticket {Ticket} and is tried again later", watch.Id, ticketId);
            await using var db = await dbs.CreateDbContextAsync(ct);
            await db.Deadlines.Where(d => d.TicketId == ticketId && d.RuleId == watch.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, now + Later), ct);
        }

        return known;
    }

    // The row is the proof: of two who fire for the same wait the second changes nothing here, and does nothing.
    private static async Task<bool> Claim(SupportDb db, Watch watch, Guid ticketId, DateTimeOffset anchor, DateTimeOffset now, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update deadlines set due_at = null, fired_for = {anchor}, fired_at = {now}
            where ticket_id = {ticketId} and rule_id = {watch.Id} and fired_for is distinct from {anchor}
              and ({watch.Rule == null} or exists (select from escalation_rules r where r.id = {watch.Id} and r.enabled and r.version = {watch.Rule?.Version ?? 0}))
            """, ct) == 1;

    private void Do(Watch watch, Ticket ticket, Succession found, IReadOnlyCollection<CategoryView> categories, DateTimeOffset now)
    {
        if (watch.Rule is not { } rule)
        {
            ticket.CloseAfter((int)watch.After.TotalDays, tickets.NodeId, now);
            return;
        }

        ticket.ByRule(rule.Name);
        if (Edit(rule, ticket) is { } edit) ticket.Edit(Actor.SupportLive, edit, categories, tickets.NodeId, now);
        if (rule.Then.Any(a => a.Action == RuleDoes.Escalate)) ticket.Escalate(Actor.SupportLive, RuleWords.Waited(rule), tickets.NodeId, now);
        if (found.To is { } successor && ticket.AssigneeId == found.From) ticket.Assign(Actor.SupportLive, successor, tickets.NodeId, now);
        var told = new RuleFired(rule.Name, RuleWords.Waited(rule), Values(rule, RuleDoes.Notify), Values(rule, RuleDoes.Email), found.To is null ? found.Among : null);
        if (told.Notify.Count + told.Email.Count > 0 || told.NobodyAmong is not null) ticket.Told(told, tickets.NodeId, now);
    }

    // One edit for all that it changes; null when there is nothing to change (any more).
    private static TicketEdit? Edit(Rule rule, Ticket ticket)
    {
        var priority = rule.Raised(ticket.Priority);
        var tags = Values(rule, RuleDoes.Tag).Except(ticket.Tags, StringComparer.OrdinalIgnoreCase).Take(Math.Max(0, TicketEdit.MaxTags - ticket.Tags.Length)).ToArray();
        if (priority == ticket.Priority && tags.Length == 0) return null;
        return new TicketEdit(Priority: priority == ticket.Priority ? null : priority, AddTags: tags.Length == 0 ? null : tags);
    }

    private static string[] Values(Rule rule, RuleDoes does) => [.. rule.Then.Where(a => a.Action == does).Select(a => a.Value!)];
}
