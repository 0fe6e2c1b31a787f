using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SupportLive.Core.Search;

internal sealed class SearchMapping : IEntityTypeConfiguration<SearchEntry>, IEntityTypeConfiguration<SearchWord>
{
    public void Configure(EntityTypeBuilder<SearchEntry> entry)
    {
        entry.ToTable("search_entries").HasKey(e => e.Id);
        entry.Property(e => e.Id).UseIdentityAlwaysColumn();
        entry.Property(e => e.Feed).HasConversion<short>();
        entry.HasIndex(e => new { e.TicketId, e.Feed, e.Seq }).IsUnique();
        entry.HasIndex(e => new { e.At, e.Id });
        // A customer's search walks this index and nothing else: rights are where the rows come from, not what is taken away from them.
        entry.HasIndex(e => new { e.CustomerId, e.At, e.Id }).HasFilter("customer_id is not null");
        // New words wait in a short list until they are sorted in; a search reads that list too, so it is kept short.
        entry.HasIndex(e => e.Words).HasMethod("gin").HasStorageParameter("gin_pending_list_limit", 1024);
    }

    public void Configure(EntityTypeBuilder<SearchWord> word)
    {
        word.ToTable("search_words").HasKey(w => w.Word);
        word.HasStorageParameter("fillfactor", 70);
    }
}
