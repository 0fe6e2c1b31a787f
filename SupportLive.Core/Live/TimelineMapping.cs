using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SupportLive.Core.Live;

internal sealed class TimelineMapping : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> entry)
    {
        entry.ToTable("timeline").HasKey(e => new { e.TicketId, e.Feed, e.Seq });
        entry.Property(e => e.Feed).HasConversion<short>();
        entry.Property(e => e.Data).HasColumnType("jsonb");
        // The wall clock and not the transaction's: it is taken under the ticket's lock, so times follow the order of a feed.
        entry.Property(e => e.At).HasDefaultValueSql("clock_timestamp()").ValueGeneratedOnAdd();
        entry.Property(e => e.Tx).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        entry.HasIndex(e => new { e.TicketId, e.AuthorId, e.ClientId }).IsUnique().HasFilter("client_id is not null");
        entry.HasIndex(e => e.Tx);
        // What reports count by kind and time. Only moves are in it, so no message writes into it.
        entry.HasIndex(e => new { e.Kind, e.At }, "ix_timeline_moves").IncludeProperties(e => new { e.TicketId, e.AuthorId })
            .HasFilter("kind in ('ticket_accepted', 'ticket_assigned', 'ticket_rejected', 'ticket_escalated', 'ticket_resolved', 'ticket_reopened')");
        // No foreign keys: the statements that append take ticket and author from rows that they have just read or locked, neither is
        // ever deleted, and the check of two keys per message costs as much as its insert.
    }
}
