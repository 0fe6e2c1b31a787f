using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SupportLive.Core.Chat;

internal sealed class ReadMarkMapping : IEntityTypeConfiguration<ReadMark>
{
    public void Configure(EntityTypeBuilder<ReadMark> mark) => mark.ToTable("read_marks").HasKey(m => new { m.TicketId, m.AccountId });
}
