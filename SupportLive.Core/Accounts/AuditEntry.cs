using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SupportLive.Core.Accounts;

/// <summary>
/// One administrative or security-relevant act, as it was. Names are copied, so that a line still says what it said when people and things have
/// other names. The table takes new rows only: a trigger refuses everything else, by whatever door it comes.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    /// <summary>From PostgreSQL.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Null for SupportLive itself, and for whoever was not let in.</summary>
    public Guid? ActorId { get; init; }

    public string? Actor { get; init; }

    /// <summary>The network address that it came from; null for SupportLive itself.</summary>
    public string? Address { get; init; }

    /// <summary>Out of <see cref="Acts"/>.</summary>
    public required string Act { get; init; }

    public required string SubjectKind { get; init; }

    public string? SubjectId { get; init; }

    public string? Subject { get; init; }

    /// <summary>JSON; null where there was nothing before.</summary>
    public string? Before { get; init; }

    /// <inheritdoc cref="Before"/>
    public string? After { get; init; }
}

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit").HasKey(e => e.Id);
        entry.Property(e => e.Id).UseIdentityAlwaysColumn();
        entry.Property(e => e.At).HasDefaultValueSql("clock_timestamp()").ValueGeneratedOnAdd();
        entry.Property(e => e.Before).HasColumnType("jsonb");
        entry.Property(e => e.After).HasColumnType("jsonb");
        entry.HasIndex(e => new { e.ActorId, e.Id });
        entry.HasIndex(e => new { e.Act, e.Id });
        entry.HasIndex(e => e.At);
    }
}
