using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SupportLive.Core.Data;

/// <summary>A setting that somebody has changed; one that nobody has touched has no row.</summary>
public sealed class StoredSetting
{
    public required string Key { get; init; }

    /// <summary>JSON as clients see it.</summary>
    public required string Value { get; set; }

    public int Version { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public Guid? ChangedBy { get; set; }
}

internal sealed class StoredSettingMapping : IEntityTypeConfiguration<StoredSetting>
{
    public void Configure(EntityTypeBuilder<StoredSetting> setting)
    {
        setting.ToTable("settings").HasKey(s => s.Key);
        setting.Property(s => s.Value).HasColumnType("jsonb");
    }
}
