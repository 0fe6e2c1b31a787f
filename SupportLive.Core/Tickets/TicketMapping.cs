using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportLive.Core.Accounts;

namespace SupportLive.Core.Tickets;

internal sealed class TicketMapping : IEntityTypeConfiguration<Ticket>, IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.ToTable("tickets").HasKey(t => t.Id);
        // Every message moves its ticket's counters. Half-empty pages keep such an update on its page, so that no index is touched (HOT).
        ticket.HasStorageParameter("fillfactor", 50);
        ticket.Property(t => t.Id).ValueGeneratedNever();
        ticket.Property(t => t.Number).UseIdentityAlwaysColumn().HasIdentityOptions(startValue: 1001);
        ticket.Property(t => t.Priority).HasConversion<short>();
        ticket.Ignore(t => t.State).Ignore(t => t.Recorded).Ignore(t => t.Reference);
        ticket.HasOne<Account>().WithMany().HasForeignKey(t => t.CustomerId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Account>().WithMany().HasForeignKey(t => t.AssigneeId).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Ticket>().WithMany().HasForeignKey(t => t.FollowUpOf).OnDelete(DeleteBehavior.Restrict);
        ticket.HasOne<Ticket>().WithMany().HasForeignKey(t => t.MergedInto).OnDelete(DeleteBehavior.Restrict);
        ticket.HasIndex(t => t.FollowUpOf).HasFilter("follow_up_of is not null");
        ticket.HasIndex(t => t.MergedInto).HasFilter("merged_into is not null");
        ticket.HasOne<Category>().WithMany().HasForeignKey(t => t.Category).OnDelete(DeleteBehavior.Restrict);
        ticket.HasIndex(t => t.OfferedToId).HasFilter("offered_to_id is not null"); // few at any time: what waits for an answer
        ticket.HasIndex(t => t.Number).IsUnique();
        ticket.HasIndex(t => new { t.CustomerId, t.ClientId }).IsUnique();
        ticket.HasIndex(t => new { t.CustomerId, t.CreatedAt });
        Lists(ticket);
    }

    // For TicketSelect, which says what each is for. None of them may name a column that a message changes (waiting_since, last_message_at,
    // first_response_at, the counters): with one such index every message would write into all of them. Two that EF cannot say (an expression,
    // trigrams) are made by the migration.
    private static void Lists(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.HasIndex(t => new { t.CreatedAt, t.Number });
        ticket.HasIndex(t => new { t.UpdatedAt, t.Number });
        ticket.HasIndex(t => new { t.Status, t.CreatedAt, t.Number });
        ticket.HasIndex(t => new { t.Status, t.AssigneeId }).HasFilter("status in ('open', 'in_progress', 'resolved')").HasDatabaseName("ix_tickets_live");
        ticket.HasIndex(t => new { t.AssigneeId, t.CreatedAt, t.Number }).HasFilter("assignee_id is not null");
        ticket.HasIndex(t => new { t.AssigneeId, t.UpdatedAt, t.Number }).HasFilter("assignee_id is not null");
        ticket.HasIndex(t => new { t.CreatedAt, t.Number }, "ix_tickets_unassigned").HasFilter("assignee_id is null");
        ticket.HasIndex(t => new { t.CreatedAt, t.Number }, "ix_tickets_escalated").HasFilter("escalated_at is not null");
        ticket.HasIndex(t => t.Tags).HasMethod("gin").HasFilter("tags <> '{}'");
    }

    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.ToTable("categories").HasKey(c => c.Key);
        category.Property(c => c.Retired).HasDefaultValue(false);
        category.Property(c => c.Version).HasDefaultValue(1).IsConcurrencyToken();
        category.HasData(
            new Category { Key = "general", Name = "General question", Position = 1 },
            new Category { Key = "billing", Name = "Billing", Position = 2 },
            new Category { Key = "technical", Name = "Technical problem", Position = 3 },
            new Category { Key = "account", Name = "My account", Position = 4 });
    }
}
