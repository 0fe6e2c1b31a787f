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
        ticket.HasIndex(t => new { t.AssigneeId, t.Status });
        ticket.HasIndex(t => new { t.Status, t.CreatedAt, t.Number });
        ticket.HasIndex(t => new { t.CreatedAt, t.Number });
        ticket.HasIndex(t => new { t.UpdatedAt, t.Number });
    }

    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.ToTable("categories").HasKey(c => c.Key);
        category.HasData(
            new Category { Key = "general", Name = "General question", Position = 1 },
            new Category { Key = "billing", Name = "Billing", Position = 2 },
            new Category { Key = "technical", Name = "Technical problem", Position = 3 },
            new Category { Key = "account", Name = "My account", Position = 4 });
    }
}
