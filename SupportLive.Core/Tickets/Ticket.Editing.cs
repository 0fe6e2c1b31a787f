using SupportLive.Core.Accounts;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Tickets;

/// <summary>What changes a ticket and not its status, and how two tickets come to belong together.</summary>
public sealed partial class Ticket
{
    /// <summary>An edit that changes nothing (any more) is quiet, whatever its version.</summary>
    public Outcome<Done> Edit(Actor actor, TicketEdit edit, IReadOnlyCollection<CategoryView> categories, Guid node, DateTimeOffset now)
    {
        if (!TicketTable.CanSee(State, actor)) return Refusal.NotFound();
        if (edit.IsSorting && !actor.May(Permissions.TicketsEdit)) return Refusal.Forbidden("Priority and tags are set by our team.");
        var tags = edit.On(Tags);
        if (!tags.Ok) return tags.Refusal;
        var (subject, category, priority) = (edit.Subject?.Trim() ?? Subject, edit.Category ?? Category, edit.Priority ?? Priority);
        if (category != Category && categories.Any(c => c.Key == category && c.Retired)) return Refusal.Invalid("category", "This category is not used any more; choose another one.");
        var changes = new Dictionary<string, object>(StringComparer.Ordinal);
        if (subject != Subject) changes["subject"] = new { from = Subject, to = subject };
        if (category != Category) changes["category"] = new { from = Category, to = category, fromName = Name(Category), toName = Name(category) };
        if (priority != Priority) changes["priority"] = new { from = Priority, to = priority };
        if (!tags.Value.SequenceEqual(Tags, StringComparer.Ordinal)) changes["tags"] = new { from = Tags, to = tags.Value };
        var nothing = changes.Count == 0;
        if (!nothing && edit.Version is { } version && version != Version && TicketTable.Leads(Verb.Edit, State, actor, now)) return TicketRefusals.Stale;
        return Move(Verb.Edit, actor, now, node, Wire.TicketUpdated, () => (Subject, Category, Priority, Tags) = (subject, category, priority, tags.Value), new { changes }, repeated: nothing);

        string Name(string key) => categories.FirstOrDefault(c => c.Key == key)?.Name ?? key;
    }

    /// <summary>Ends a duplicate; the conversation goes on in the other ticket, which must be of the same customer and not ended itself.</summary>
    public Outcome<Done> MergeInto(Actor actor, Ticket other, Guid node, DateTimeOffset now)
    {
        var repeated = MergedInto == other.Id && EndedById == actor.Id;
        if (!repeated && TicketTable.CanSee(State, actor) && TicketTable.Allows(Verb.Merge, State, actor) && TicketTable.Leads(Verb.Merge, State, actor, now))
        {
            if (other.Id == Id) return Refusal.Invalid("into", "A ticket cannot be merged into itself.");
            if (other.CustomerId != CustomerId) return TicketRefusals.OtherCustomer;
            if (other.Status.IsTerminal()) return TicketRefusals.OtherEnded(other);
        }

        return Move(Verb.Merge, actor, now, node, Wire.TicketClosed, () =>
        {
            other.Absorb(actor, this, node, now);
            (Status, ClosedAt, EndedById, WaitingSince, MergedInto) = (TicketStatus.Closed, now, actor.Id, null, other.Id);
        }, new { mergedInto = other.Reference }, repeated);
    }

    // Who has waited in the duplicate has waited here.
    private void Absorb(Actor actor, Ticket duplicate, Guid node, DateTimeOffset now)
    {
        if (Status != TicketStatus.Resolved && duplicate.WaitingSince < (WaitingSince ?? DateTimeOffset.MaxValue)) WaitingSince = duplicate.WaitingSince;
        Record(Wire.TicketUpdated, actor, now, node, new { merged = duplicate.Reference });
    }

    /// <summary>Whether the customer may go on in a new ticket.</summary>
    internal Refusal? MayFollowUp(Actor actor, DateTimeOffset now)
    {
        if (!TicketTable.CanSee(State, actor)) return Refusal.NotFound();
        if (!TicketTable.Allows(Verb.FollowUp, State, actor)) return Refusal.Forbidden("Only the customer can go on in a new ticket.");
        return TicketTable.Leads(Verb.FollowUp, State, actor, now) ? null : Refusal.Conflict(TicketRefusals.MoveCode, "This ticket is still open. Write here.");
    }

    /// <summary>Notes that the customer went on in a new ticket, whose number is known by now.</summary>
    internal void FollowedUp(Actor actor, Ticket by, Guid node, DateTimeOffset now) => Record(Wire.TicketUpdated, actor, now, node, new { followUp = by.Reference });
}

/// <summary>A ticket in another one's log.</summary>
internal sealed record TicketReference(Guid Id, long Number, string Subject);
