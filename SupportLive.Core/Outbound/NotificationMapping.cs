using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SupportLive.Core.Outbound;

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<FollowerCursor>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.ToTable("notifications").HasKey(n => n.Id);
        notification.Property(n => n.Id).ValueGeneratedNever();
        notification.Property(n => n.Feed).HasConversion<short>();
        notification.HasIndex(n => new { n.AccountId, n.At });
        notification.HasIndex(n => new { n.AccountId, n.TicketId }).IsUnique().HasFilter("kind = 'message' and read_at is null");
        notification.HasIndex(n => n.AccountId).HasFilter("read_at is null").HasDatabaseName("ix_notifications_unread");
    }

    public void Configure(EntityTypeBuilder<FollowerCursor> cursor)
    {
        cursor.ToTable("follower_cursors").HasKey(c => c.Name);
        cursor.Property(c => c.Tx).HasColumnType("xid8").HasDefaultValueSql("pg_snapshot_xmin(pg_current_snapshot())");
        cursor.HasData(new FollowerCursor { Name = "notifications" }, new FollowerCursor { Name = "deadlines" }, new FollowerCursor { Name = "mail" });
    }
}
