using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportLive.Core.Data;
using SupportLive.Core.Live;

namespace SupportLive.Core.Escalation;

internal sealed class EscalationMapping : IEntityTypeConfiguration<Rule>, IEntityTypeConfiguration<Deadline>, IEntityTypeConfiguration<PlannedWatch>
{
    public void Configure(EntityTypeBuilder<Rule> rule)
    {
        rule.ToTable("escalation_rules").HasKey(r => r.Id);
        rule.Property(r => r.Id).ValueGeneratedNever();
        rule.Property(r => r.Hours).HasConversion(new SnakeEnum<CountedHours>());
        rule.Property(r => r.When).HasColumnType("jsonb").HasConversion(v => JsonSerializer.Serialize(v, Wire.Json), s => JsonSerializer.Deserialize<RuleWhen>(s, Wire.Json)!);
        rule.Property(r => r.Then).HasColumnType("jsonb").HasConversion(
            v => JsonSerializer.Serialize(v, Wire.Json), s => JsonSerializer.Deserialize<RuleAction[]>(s, Wire.Json)!,
            new ValueComparer<RuleAction[]>((a, b) => a == b || (a != null && b != null && a.SequenceEqual(b)), v => v.Length));
        rule.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Deadline> deadline)
    {
        deadline.ToTable("deadlines").HasKey(d => new { d.TicketId, d.RuleId });
        deadline.HasIndex(d => d.DueAt).HasFilter("due_at is not null");
    }

    public void Configure(EntityTypeBuilder<PlannedWatch> planned) => planned.ToTable("planned_watches").HasKey(p => p.RuleId);
}
