using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;

namespace SupportLive.Core.Outbound.Mail;

internal sealed class MailMapping : IEntityTypeConfiguration<OutboxMail>, IEntityTypeConfiguration<SuppressedAddress>, IEntityTypeConfiguration<MailPreference>, IEntityTypeConfiguration<ReplyAddress>, IEntityTypeConfiguration<InboundMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> mail)
    {
        mail.ToTable("outbox").HasKey(m => m.Id);
        mail.Property(m => m.Id).ValueGeneratedNever();
        mail.Property(m => m.Feed).HasConversion<short?>();
        mail.Property(m => m.Data).HasColumnType("jsonb");
        mail.Property(m => m.Status).HasConversion(new SnakeEnum<MailStatus>()); // the table has a default for the statements that make rows
        mail.Property(m => m.Attempts).HasDefaultValue(0);
        mail.HasIndex(m => m.Key).IsUnique();
        mail.HasIndex(m => m.NextAt).HasFilter("status = 'waiting'").HasDatabaseName("ix_outbox_waiting");
        mail.HasIndex(m => new { m.AccountId, m.TicketId }).HasFilter("kind = 'reply'").HasDatabaseName("ix_outbox_replies");
        mail.HasIndex(m => m.SentAt).HasFilter("status = 'sent'").HasDatabaseName("ix_outbox_sent");
        mail.HasIndex(m => new { m.AccountId, m.SentAt });
        mail.HasIndex(m => new { m.CreatedAt, m.Id });
        mail.HasIndex(m => m.TicketId);
    }

    public void Configure(EntityTypeBuilder<SuppressedAddress> address) => address.ToTable("suppressed_addresses").HasKey(a => a.Address);

    public void Configure(EntityTypeBuilder<MailPreference> preference)
    {
        preference.ToTable("mail_preferences").HasKey(p => new { p.AccountId, p.Event });
        preference.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ReplyAddress> address)
    {
        address.ToTable("reply_addresses").HasKey(a => a.Token);
        address.HasIndex(a => new { a.TicketId, a.AccountId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<InboundMail> mail)
    {
        mail.ToTable("inbound_mails").HasKey(m => m.Id);
        mail.Property(m => m.Id).ValueGeneratedNever();
        mail.HasIndex(m => m.MessageId).IsUnique();
        mail.HasIndex(m => m.At);
        mail.HasIndex(m => m.TicketId);
    }
}
